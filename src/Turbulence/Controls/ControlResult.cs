using System.Globalization;

namespace Turbulence.Controls;

/// <summary>What came of a hook.</summary>
public sealed record ControlResult
{
    private ControlResult(ControlEnd end, string? message, int code = 0)
    {
        End = end;
        Message = message;
        Code = code;
    }

    /// <summary>How it ended.</summary>
    public ControlEnd End { get; }

    /// <summary>One line: why the run has to stop, or what went wrong; null when it goes on.</summary>
    public string? Message { get; }

    /// <summary>The exit code that was asked for; 30 also asks to leave the rollbacks out.</summary>
    public int Code { get; }

    /// <summary>What it changed, however it ended; null for nothing.</summary>
    public ControlChanges? Changes { get; init; }

    /// <summary>Where in foreign code it went wrong, line by line; empty where that is not known.</summary>
    public IReadOnlyList<string> Trace { get; init; } = [];

    /// <summary>The run goes on, and nothing was changed.</summary>
    public static ControlResult Continue { get; } = new(ControlEnd.Continued, null);

    /// <summary>The run has to stop.</summary>
    /// <param name="message">Why; where it says nothing, people are told that a control asks for it.</param>
    public static ControlResult Interrupt(string message) =>
        new(ControlEnd.Interrupted, string.IsNullOrWhiteSpace(message) ? "a control asks the run to stop" : message);

    /// <summary>The run has to stop as after an exit signal.</summary>
    public static ControlResult Exit(int code) => new(ControlEnd.Exited, code.ToString(CultureInfo.InvariantCulture), code);

    /// <summary>The hook could not do its work.</summary>
    public static ControlResult Failed(string message, params IReadOnlyList<string> trace) =>
        new(ControlEnd.Failed, message) { Trace = trace };
}
