using System.IO.Compression;
using System.IO.Pipelines;
using LiveViz.Server.Sources.Push;
using Microsoft.AspNetCore.Http.Features;

namespace LiveViz.Server.Sources.Http;

/// <summary>Reads the body of a request as it comes in, a piece at a time, and takes in what it holds.</summary>
internal static class PushBody
{
    /// <summary>Reads it to its end.</summary>
    /// <returns>Whether there was anything at all.</returns>
    /// <exception cref="BadHttpRequestException">
    /// It cannot be read, or is too long: the status code says which. What came before that was taken in.
    /// </exception>
    public static async Task<bool> ReadAsync(
        HttpRequest request, HttpDoor door, TextSplitter splitter, IPointReader reader, PushReport report, CancellationToken cancellationToken)
    {
        // Counted here, after it was unpacked. A limit of the server's own would cut the connection while a body that is
        // too long is still being sent, and a caller that is sending does not see the answer.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        if (request.ContentLength > door.LongestBody)
        {
            throw TooLong();
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        switch (encoding)
        {
            case "" or "identity":
                return await ReadAsync(request.BodyReader, door, splitter, reader, report, cancellationToken);
            case "gzip":
                var unpacked = PipeReader.Create(new GZipStream(request.Body, CompressionMode.Decompress));
                try
                {
                    return await ReadAsync(unpacked, door, splitter, reader, report, cancellationToken);
                }
                catch (InvalidDataException e)
                {
                    throw new BadHttpRequestException("the body is not what its Content-Encoding says, gzip, or is cut off", StatusCodes.Status400BadRequest, e);
                }
                finally
                {
                    await unpacked.CompleteAsync();
                }

            default:
                throw new BadHttpRequestException("only gzip and identity are read as Content-Encoding", StatusCodes.Status415UnsupportedMediaType);
        }
    }

    private static async Task<bool> ReadAsync(
        PipeReader body, HttpDoor door, TextSplitter splitter, IPointReader reader, PushReport report, CancellationToken cancellationToken)
    {
        for (long taken = 0; ;)
        {
            var result = await body.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            var length = buffer.Length;
            if (taken + length > door.LongestBody)
            {
                throw TooLong();
            }

            door.Take(splitter, reader, ref buffer, result.IsCompleted, report);
            taken += length - buffer.Length;
            body.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return taken > 0;
            }
        }
    }

    private static BadHttpRequestException TooLong() => new("the body is too long", StatusCodes.Status413PayloadTooLarge);
}
