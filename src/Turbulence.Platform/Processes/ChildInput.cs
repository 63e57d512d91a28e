namespace Turbulence.Platform.Processes;

/// <summary>Where a child's standard input comes from.</summary>
public sealed class ChildInput
{
    private ChildInput(ChildInputKind kind, ReadOnlyMemory<byte> content = default)
    {
        Kind = kind;
        Content = content;
    }

    /// <summary>Nothing to read: <c>/dev/null</c>. The default, so that a child never waits for a terminal.</summary>
    public static ChildInput Null { get; } = new(ChildInputKind.Null);

    /// <summary>Ours. A child that reads takes what was meant for us.</summary>
    public static ChildInput Inherit { get; } = new(ChildInputKind.Inherit);

    /// <summary>A pipe that <see cref="ChildProcess.StandardInput"/> writes to.</summary>
    public static ChildInput Stream { get; } = new(ChildInputKind.Stream);

    internal ChildInputKind Kind { get; }

    internal ReadOnlyMemory<byte> Content { get; }

    /// <summary>These bytes, then the end. A child that does not read them holds nothing up.</summary>
    public static ChildInput Bytes(ReadOnlyMemory<byte> content) => new(ChildInputKind.Bytes, content);
}
