using System.Text;

namespace Turbulence.Hosts.Workers;

/// <summary>
/// Reads a worker's standard error line by line, however much there is: a long line is cut, the last lines are kept.
/// </summary>
/// <param name="stream">The standard error.</param>
/// <param name="passOn">Hears each line.</param>
internal sealed class ErrorLines(Stream stream, Action<string> passOn)
{
    /// <summary>
    /// The most bytes of a line that are kept: far more than is shown, since what is shown is masked before it is shortened.
    /// </summary>
    public const int LongestLine = 64 * 1024;

    private const int Kept = 20;

    private readonly Queue<string> last = [];
    private readonly byte[] line = new byte[LongestLine];
    private int length;

    /// <summary>The last lines, oldest first.</summary>
    public IReadOnlyList<string> Last
    {
        get
        {
            lock (last)
            {
                return [.. last];
            }
        }
    }

    /// <summary>Reads until the stream ends or is closed.</summary>
    public async Task ReadAsync()
    {
        var chunk = new byte[16 * 1024];
        try
        {
            while (await stream.ReadAsync(chunk) is var count and > 0)
            {
                Take(chunk.AsSpan(0, count));
            }
        }
        catch (Exception broken) when (broken is IOException or ObjectDisposedException)
        {
            // What came is what there is.
        }

        if (length > 0)
        {
            EndLine();
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var part = end < 0 ? bytes : bytes[..end];
            var taken = Math.Min(part.Length, LongestLine - length);
            part[..taken].CopyTo(line.AsSpan(length));
            length += taken;
            if (end < 0)
            {
                return;
            }

            EndLine();
            bytes = bytes[(end + 1)..];
        }
    }

    private void EndLine()
    {
        // That it was cut need not be said here: so long a line is shortened once more when it is shown.
        var text = Encoding.UTF8.GetString(line, 0, length).TrimEnd('\r');
        length = 0;
        lock (last)
        {
            last.Enqueue(text);
            if (last.Count > Kept)
            {
                last.Dequeue();
            }
        }

        passOn(text);
    }
}
