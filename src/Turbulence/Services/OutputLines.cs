using System.Buffers;
using System.Text;
using Turbulence.Platform.Files;

namespace Turbulence.Services;

/// <summary>
/// The whole lines that are added to a file, from a place on. A line is whole when its end has come, however many times that takes; of one
/// that is longer than <see cref="LongestLine"/> only its beginning is kept, so that no line takes memory.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="begin">The place, in bytes.</param>
internal sealed class OutputLines(string file, long begin)
{
    /// <summary>How many bytes of a line are kept.</summary>
    internal const int LongestLine = 64 * 1024;

    // What floods its output is read on at the next question.
    private const int MostAtOnce = 4 * 1024 * 1024;

    private readonly byte[] block = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> line = new();
    private long position = begin;

    /// <summary>How many lines have come.</summary>
    public long Count { get; private set; }

    /// <summary>Why none can come; null where they can.</summary>
    public string? Problem { get; private set; }

    /// <summary>The lines that have come since the last call, without their ends; what is no UTF-8 in them is replaced.</summary>
    public IEnumerable<string> Next()
    {
        if (Open() is not { } stream)
        {
            yield break;
        }

        using (stream)
        {
            if (stream.Length < position)
            {
                // Somebody emptied it, as those do that turn logs over.
                position = 0;
                line.ResetWrittenCount();
            }

            stream.Position = position;
            for (var left = MostAtOnce; left > 0 && stream.Read(block) is var read and > 0; left -= read)
            {
                position += read;
                for (var at = 0; at < read;)
                {
                    var end = Array.IndexOf(block, (byte)'\n', at, read - at);
                    Keep(block.AsSpan(at, (end < 0 ? read : end) - at));
                    at = end < 0 ? read : end + 1;
                    if (end >= 0)
                    {
                        Count++;
                        yield return Take();
                    }
                }
            }
        }
    }

    private FileStream? Open()
    {
        Problem = null;
        try
        {
            if (FileStatus.Read(file, follow: true) is not { Type: FileNodeType.File })
            {
                Problem = $"{file} is no regular file, so no line of it can be followed";
                return null;
            }

            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Problem = $"its output can not be read: {failure.Message}";
            return null;
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes) => line.Write(bytes[..Math.Min(bytes.Length, LongestLine - line.WrittenCount)]);

    private string Take()
    {
        var text = Encoding.UTF8.GetString(line.WrittenSpan);
        line.ResetWrittenCount();
        return text.EndsWith('\r') ? text[..^1] : text;
    }
}
