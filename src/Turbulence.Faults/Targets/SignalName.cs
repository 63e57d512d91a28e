using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>The signals that end a process, by the names that people write.</summary>
internal static class SignalName
{
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

    /// <summary>The names, for people.</summary>
    public static string All { get; } = string.Join(", ", Signals.Keys);

    /// <summary>Reads the argument <c>signal</c>: <c>TERM</c> or <c>SIGTERM</c>.</summary>
    public static PosixSignalNumber Read(ArgumentReader arguments, PosixSignalNumber otherwise)
    {
        if (arguments.Text("signal") is not { } text)
        {
            return otherwise;
        }

        var name = text.StartsWith("SIG", StringComparison.OrdinalIgnoreCase) ? text["SIG".Length..] : text;
        if (Signals.TryGetValue(name, out var signal))
        {
            return signal;
        }

        arguments.Refuse($"the argument 'signal' must be one of {All}, not '{text}'");
        return otherwise;
    }

    /// <summary><c>SIGTERM</c>.</summary>
    public static string Of(PosixSignalNumber signal) => "SIG" + Signals.First(entry => entry.Value == signal).Key;
}
