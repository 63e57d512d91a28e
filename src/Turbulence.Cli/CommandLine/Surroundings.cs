using Spectre.Console;
using Turbulence.Faults;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Guardians;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.CommandLine;

/// <summary>What the command is started with: the program's own, or a test's.</summary>
/// <param name="Out">For what was asked for: help, version.</param>
/// <param name="Error">For complaints and everything that is said on the way; it never blocks for long, or a run would.</param>
/// <param name="IsTerminal">Whether <paramref name="Error"/> is a terminal that the live view can draw on.</param>
/// <param name="Time">The clock.</param>
internal sealed record Surroundings(TextWriter Out, TextWriter Error, bool IsTerminal, TimeProvider Time)
{
    /// <summary>For the lines of a run in the default mode; it never blocks for long either. Default: <see cref="Out"/>.</summary>
    public TextWriter Lines { get; init; } = Out;

    /// <summary>Whether <see cref="Lines"/> is a terminal that the live view can draw on. Default: as <see cref="IsTerminal"/>.</summary>
    public bool AreLinesOnTerminal { get; init; } = IsTerminal;

    /// <summary>Opens the terminal at which somebody can be asked. Default: null, there is nobody.</summary>
    public Func<IAnsiConsole>? Ask { get; init; }

    /// <summary>The kinds of faults there are. Default: those that come with the program.</summary>
    public FaultKinds Kinds { get; init; } = BuiltInKinds.All;

    /// <summary>Finds the programs of this machine that somebody can connect to. Default: looks for them.</summary>
    public Func<IReadOnlyList<(int Port, ProcessStatus Process)>> Listening { get; init; } = ListeningProcess.All;

    /// <summary>The environment that runs see. Default: null, that of the process, looked up whenever it is needed.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Where its runs happen: here, with this program as their guardian.</summary>
    public RunPlace Place =>
        new() { Environment = Environment, Program = SelfCommand.Find(), Kinds = Kinds, Time = Time, Version = ProgramVersion.Text };
}
