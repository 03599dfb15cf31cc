namespace LiveViz.Tests.Services.Values;

/// <summary>A number that is awkward.</summary>
/// <param name="Name">What it is called in the ids of sensors.</param>
/// <param name="Text">How it is written; empty for none.</param>
/// <param name="Value">What is to arrive; null for a sample without a value.</param>
internal sealed record AwkwardNumber(string Name, string Text, double? Value) : AwkwardRow(Name)
{
    /// <summary>Whether JSON has no number for it but a word, such as NaN.</summary>
    public bool IsWord => Text.Length > 0 && char.IsAsciiLetter(Text[^1]);

    /// <summary>How it is written as a value of JSON; words are in quotes as a rule.</summary>
    public string Json
    {
        get => field ?? (Text.Length == 0 ? "null" : IsWord ? $"\"{Text}\"" : Text);
        init;
    }

    /// <summary>What becomes of it at a door.</summary>
    public string At(Door door) => Exceptions.GetValueOrDefault(door.Name) ?? (Value is { } value ? Outcome.Number(value) : Outcome.Gap);
}
