namespace Turbulence.Platform.Processes;

/// <summary>What a child wrote to one of its outputs.</summary>
/// <param name="Bytes">The first bytes, up to the limit that was asked for.</param>
/// <param name="TotalBytes">How many bytes were written, as far as they were read.</param>
/// <param name="Ended">
/// Whether the output ended. False when something that the child left behind still held it open after the grace; whatever
/// it writes from then on is thrown away.
/// </param>
public sealed record CapturedOutput(ReadOnlyMemory<byte> Bytes, long TotalBytes, bool Ended)
{
    /// <summary>An output that was not captured.</summary>
    public static CapturedOutput None { get; } = new(default, 0, true);

    /// <summary>Whether the limit left something out.</summary>
    public bool Truncated => TotalBytes > Bytes.Length;
}
