namespace Turbulence.Platform.Files;

/// <summary>A part of a file.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte behind its last.</param>
public readonly record struct FileRange(long Start, long End)
{
    /// <summary>How long it is, in bytes.</summary>
    public long Length => End - Start;
}
