namespace Turbulence.Platform.Processes;

/// <summary>
/// How to start a child. Nothing is passed on that is not asked for here: of our open files only the three standard ones,
/// no blocked and no ignored signals.
/// </summary>
public sealed record ProcessStartOptions
{
    /// <summary>
    /// The program's file, absolute or relative to <see cref="WorkingDirectory"/>; <c>PATH</c> is not searched, see
    /// <see cref="ExecutableSearch"/>. The child sees it as its argument 0, unless <see cref="ProgramName"/> says otherwise.
    /// </summary>
    public required string FileName { get; init; }

    /// <summary>What the child sees as its argument 0. Default, null: <see cref="FileName"/>. Linux only.</summary>
    public string? ProgramName { get; init; }

    /// <summary>The arguments after the program's name, each passed on as it is. Default: none.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The directory to start in. Default: ours.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>
    /// The whole environment; a <see cref="ProcessEnvironment"/> where many children get the same. Default, null: ours as it is at the
    /// start, with everything secret in it.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>
    /// The whole environment as <c>NAME=value</c> each, in this order, instead of <see cref="Environment"/>: for a program that is to be
    /// started again exactly as it was, see <see cref="ProcessTable.EnvironmentEntries"/>. Default: null. Linux only.
    /// </summary>
    public IReadOnlyList<string>? EnvironmentEntries { get; init; }

    /// <summary>Default: nothing to read.</summary>
    public ChildInput StandardInput { get; init; } = ChildInput.Null;

    /// <summary>Default: thrown away.</summary>
    public ChildOutput StandardOutput { get; init; } = ChildOutput.Null;

    /// <summary>Default: thrown away.</summary>
    public ChildOutput StandardError { get; init; } = ChildOutput.Null;

    /// <summary>
    /// Whether the child leads a session and a process group of its own: a Ctrl-C in our terminal does not reach it, and it can be
    /// ended with all that it started. Default: true. Without one, what is sent to the group goes to the child alone. Linux only.
    /// </summary>
    public bool OwnSession { get; init; } = true;

    /// <summary>
    /// What the child is called (<see cref="ProcessStatus.Name"/>) from its first moment until its program is executed; at most 15 bytes.
    /// Until then it has our arguments and our environment, and nothing else tells whose it is when we die in that moment. Default, null:
    /// as the thread that starts it. Linux only.
    /// </summary>
    public string? NameBeforeExec { get; init; }

    /// <summary>
    /// How long the thread that starts the child waits for its end on the spot. A child that ends within it takes no other thread to be
    /// watched, read and waited for. Nothing can end this waiting, so it is to be short. Default: not at all. Linux only.
    /// </summary>
    public TimeSpan Attendance { get; init; }
}
