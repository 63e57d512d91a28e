using System.CommandLine;
using Turbulence.Cli.Agents;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Rpc;
using Turbulence.Cli.Signals;
using Turbulence.Events;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos agent</c>: puts faults in on this host for a coordinator elsewhere, who speaks with it on the standard streams, as through SSH.
/// Each fault is guarded here and has a lease: it ends here, whatever becomes of the coordinator, of what is between, and of the agent.
/// </summary>
internal static class AgentVerb
{
    /// <summary>The verb.</summary>
    public const string Name = "agent";

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var verb = new Command(Name, "Put faults in here for a coordinator elsewhere, on the standard streams.");
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            return WorkingDirectory.TryMove(settings, outputs)
                ? await ServeAsync(around, outputs)
                : ExitCode.Usage(settings.Compatibility);
        });
        return verb;
    }

    private static async Task<int> ServeAsync(Surroundings around, Outputs outputs)
    {
        using var stopped = new CancellationTokenSource();
        using var signals = new SignalWatch(_ => stopped.Cancel());
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        using var writer = new MessageWriter(output, around.Time);
        using var session = new AgentSession(around.Place, writer);
        if (!Console.IsInputRedirected)
        {
            outputs.Say(NoticeLevel.Information, "Waiting for a coordinator, who speaks JSON-RPC, a message a line; Ctrl-D ends it");
        }

        if (await session.ServeAsync(input, stopped.Token))
        {
            outputs.Say(NoticeLevel.Critical, "Something that was put in may be left on this host: chaos faults list");
            return ExitCode.NeedsAPerson;
        }

        return stopped.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }
}
