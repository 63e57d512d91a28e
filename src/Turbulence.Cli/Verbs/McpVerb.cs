using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Mcp;
using Turbulence.Cli.Rpc;
using Turbulence.Cli.Signals;
using Turbulence.Events;
using Turbulence.Interruptions;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos mcp</c>: serves tools to an agent by the Model Context Protocol, on the standard streams. It looks and runs nothing, unless a
/// person starts it with <c>--allow-run</c>, and then only what that person allows.
/// </summary>
internal static class McpVerb
{
    /// <summary>The verb.</summary>
    public const string Name = "mcp";

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var allowRun = Choice.Flag("--allow-run", "Let clients run experiments of the folder, and halt them.");
        var kinds = new Option<string[]>("--allow-kinds")
        {
            HelpName = "KIND",
            Description = "Of those, only with these kinds of faults: process.kill, 'network.*'; repeatable. [default: all]",
        };
        kinds.CompletionSources.Add(_ => Completions.KnownWords.FaultKinds(around));
        kinds.Validators.Add(result =>
        {
            foreach (var problem in result.Tokens.Select(static token => McpPolicy.Problem(token.Value)).OfType<string>())
            {
                result.AddError(problem);
            }
        });
        var folder = new Option<string>("--folder")
        {
            HelpName = "DIR",
            Description = "Let clients name files of this folder alone.",
            DefaultValueFactory = static _ => ".",
        };
        var verb = new Command(Name, "Serve tools to an agent, by the Model Context Protocol on the standard streams.")
        {
            allowRun, kinds, folder,
        };
        verb.Validators.Add(result =>
        {
            if (result.GetResult(kinds) is not null && !result.GetValue(allowRun))
            {
                result.AddError("--allow-kinds is about runs, which --allow-run allows");
            }
        });
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            if (!WorkingDirectory.TryMove(settings, outputs))
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            if (RealPath.Of(Path.GetFullPath(parsed.GetRequiredValue(folder))) is not { } real || !Directory.Exists(real))
            {
                outputs.Say(NoticeLevel.Error, $"There is no folder {parsed.GetRequiredValue(folder)}");
                return ExitCode.Usage(settings.Compatibility);
            }

            var intake = new SettingsIntake(outputs, settings);
            var policy = new McpPolicy(real, parsed.GetValue(allowRun), parsed.GetValue(kinds) is { Length: > 0 } some ? some : null);
            var place = new McpPlace(around, policy, intake.Read(), settings.SettingsPath, intake.File.Folder);
            return await ServeAsync(place);
        });
        return verb;
    }

    private static async Task<int> ServeAsync(McpPlace place)
    {
        var slot = new RunSlot();
        using var ended = new CancellationTokenSource();
        using var signals = new SignalWatch(interruption =>
        {
            slot.Request(interruption, insists: true);
            ended.Cancel();
        });
        await using var input = Console.OpenStandardInput();
        await using var output = Console.OpenStandardOutput();
        var gone = new Interruption(InterruptionCause.Termination, "The client is gone");
        try
        {
            // Whoever closes the slot first stops the run; its end is awaited below.
            using var writer = new MessageWriter(output, place.Around.Time);
            await new McpSession(McpTools.For(place, slot), writer)
                .ServeAsync(input, () => _ = slot.CloseAsync(gone), ended.Token);
        }
        finally
        {
            await slot.CloseAsync(gone);
        }

        return ended.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }
}
