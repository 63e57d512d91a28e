using Turbulence.Faults.Arguments;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>The signals that end a process, by the names that people write.</summary>
internal static class SignalName
{
    private const string Prefix = "SIG";

    private static readonly Dictionary<string, PosixSignalNumber> Signals = new(StringComparer.OrdinalIgnoreCase)
    {
        ["KILL"] = PosixSignalNumber.Kill,
        ["TERM"] = PosixSignalNumber.Terminate,
        ["INT"] = PosixSignalNumber.Interrupt,
        ["QUIT"] = PosixSignalNumber.Quit,
        ["HUP"] = PosixSignalNumber.Hangup,
        ["ABRT"] = PosixSignalNumber.Abort,
        ["SEGV"] = PosixSignalNumber.SegmentationFault,
    };

    /// <summary>The argument <c>signal</c>, for the description of a kind: <c>TERM</c> or <c>SIGTERM</c>.</summary>
    public static FaultArgument Argument(string summary, PosixSignalNumber otherwise) => new("signal", ArgumentType.Choice, summary)
    {
        Choices = [.. Signals.Keys],
        Prefix = Prefix,
        Default = Name(otherwise),
    };

    /// <summary>Reads the argument <c>signal</c>.</summary>
    public static PosixSignalNumber Read(ArgumentReader arguments) => Signals[arguments.Text("signal")!];

    /// <summary><c>SIGTERM</c>.</summary>
    public static string Of(PosixSignalNumber signal) => Prefix + Name(signal);

    private static string Name(PosixSignalNumber signal) => Signals.First(entry => entry.Value == signal).Key;
}
