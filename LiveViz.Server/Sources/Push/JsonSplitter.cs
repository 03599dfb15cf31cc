using System.Buffers;
using System.Text.Json;
using LiveViz.Server.Sources.Payloads;

namespace LiveViz.Server.Sources.Push;

/// <summary>Takes JSON apart into its items: those of an array, or values that stand one after the other.</summary>
internal sealed class JsonSplitter : TextSplitter
{
    private JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = true });
    private bool _isBroken;

    /// <inheritdoc/>
    protected override bool TryTakeNext(ref ReadOnlySequence<byte> buffer, bool isFinal, out ReadOnlySpan<byte> text, out string? problem)
    {
        text = default;
        problem = null;
        if (_isBroken)
        {
            buffer = buffer.Slice(buffer.End);
            return false;
        }

        try
        {
            if (TakeItem(ref buffer, isFinal, out var item))
            {
                Number++;
                if (item.Length > LongestText)
                {
                    problem = $"it is longer than {LongestText} bytes";
                }
                else
                {
                    text = Whole(item);
                }

                return true;
            }

            // What could still become an item is kept: no more of it than an item may have.
            if (buffer.Length <= LongestText)
            {
                return false;
            }

            problem = $"it is longer than {LongestText} bytes; nothing from it on was read";
        }
        catch (JsonException e)
        {
            problem = $"the text is no JSON: {JsonText.Problem(e)}; nothing from here on was read";
        }

        Number++;
        _isBroken = true;
        buffer = buffer.Slice(buffer.End);
        return true;
    }

    private bool TakeItem(ref ReadOnlySequence<byte> buffer, bool isFinal, out ReadOnlySequence<byte> item)
    {
        item = default;
        var reader = new Utf8JsonReader(buffer, isFinal, _state);
        var (known, consumed) = (_state, 0L);
        while (reader.Read())
        {
            var isArray = reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray && reader.CurrentDepth == 0;
            var start = reader.TokenStartIndex;
            if (!isArray && !reader.TrySkip())
            {
                break;
            }

            (known, consumed) = (reader.CurrentState, reader.BytesConsumed);
            if (!isArray)
            {
                item = buffer.Slice(start, consumed - start);
                break;
            }
        }

        var hasItem = !item.IsEmpty;
        _state = known;
        buffer = buffer.Slice(consumed);
        return hasItem;
    }
}
