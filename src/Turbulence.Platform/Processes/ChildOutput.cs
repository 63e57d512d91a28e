namespace Turbulence.Platform.Processes;

/// <summary>Where a child's standard output or standard error goes.</summary>
public sealed class ChildOutput
{
    private ChildOutput(ChildOutputKind kind, int limit = 0, string path = "", bool followLink = true)
    {
        FollowLink = followLink;
        Kind = kind;
        Limit = limit;
        Path = path;
    }

    /// <summary>Nowhere: <c>/dev/null</c>. The default.</summary>
    public static ChildOutput Null { get; } = new(ChildOutputKind.Null);

    /// <summary>To ours.</summary>
    public static ChildOutput Inherit { get; } = new(ChildOutputKind.Inherit);

    /// <summary>To a pipe that <see cref="ChildProcess.StandardOutput"/> or <see cref="ChildProcess.StandardError"/> reads from.</summary>
    public static ChildOutput Stream { get; } = new(ChildOutputKind.Stream);

    internal ChildOutputKind Kind { get; }

    internal int Limit { get; }

    internal string Path { get; }

    internal bool FollowLink { get; }

    /// <summary>
    /// Into memory, for <see cref="ChildProcess.ReadOutputAsync"/>. The first <paramref name="limit"/> bytes are kept; what
    /// follows is read and thrown away, so that the child is never held up.
    /// </summary>
    /// <param name="limit">The most bytes to keep, at least 0.</param>
    public static ChildOutput Capture(int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        return new ChildOutput(ChildOutputKind.Capture, limit);
    }

    /// <summary>To the end of a file, which is created where it is missing. Both outputs may go to the same file.</summary>
    /// <param name="path">The file; a relative path starts at our current directory, not at the child's.</param>
    /// <param name="followLink">Whether a symbolic link in its place is followed. Default: yes. Otherwise the child is not started.</param>
    public static ChildOutput AppendTo(string path, bool followLink = true) =>
        new(ChildOutputKind.File, path: path, followLink: followLink);
}
