using Turbulence.Platform.Files;

namespace Turbulence.Json;

/// <summary>
/// Moves JSON texts to the right on their way: a line feed inside a JSON text is escaped, so each one here begins a line of the layout.
/// </summary>
/// <param name="target">Receives them.</param>
/// <param name="depth">How far, in steps of two spaces.</param>
internal sealed class IndentedStream(Stream target, int depth) : SequentialStream
{
    private const int UsualDepths = 8;

    private static readonly byte[][] Usual = [.. Enumerable.Range(0, UsualDepths).Select(Make)];

    private readonly byte[] lineStart = LineStart(depth);

    /// <summary>The beginning of a line; not to be changed.</summary>
    public static byte[] LineStart(int depth) => depth < UsualDepths ? Usual[depth] : Make(depth);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.IndexOf((byte)'\n') is var end and >= 0)
        {
            target.Write(buffer[..end]);
            target.Write(lineStart);
            buffer = buffer[(end + 1)..];
        }

        target.Write(buffer);
    }

    private static byte[] Make(int depth) => [(byte)'\n', .. Enumerable.Repeat((byte)' ', depth * 2)];
}
