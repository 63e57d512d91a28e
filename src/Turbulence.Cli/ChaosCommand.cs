using System.CommandLine;
using System.CommandLine.Help;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Verbs;
using Turbulence.Faults.Recoveries;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli;

/// <summary>The command line: its verbs, its options, and what is said when it is wrong.</summary>
internal static class ChaosCommand
{
    private const int HelpWidth = 100;

    /// <summary>Carries the command out.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="around">Where the command stands.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> args, Surroundings around)
    {
        // Response files would make a file of an argument such as @experiment.json.
        var parsed = Create(around).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (UsageError.Find(parsed) is { } mistake)
        {
            return mistake.Tell(args, around.Error);
        }

        // The faults, halt and doctor verbs say it themselves, and a run takes it back first. Who presses a key or opens a shell asked for
        // nothing.
        if (parsed.CommandResult.Command.Name
                is not ("run" or "list" or "revert" or "halt" or DoctorVerb.Name or CompletionVerb.Name or CompleteVerb.Name)
            && Recovery.Notice(new FaultRoom(around.Place).Ledger) is { } left)
        {
            await around.Error.WriteLineAsync($"chaos: {PrintableText.OneLine(left)}");
        }

        // Rollbacks take as long as they take, and the signals are watched by whoever runs something.
        var invocation = new InvocationConfiguration
        {
            Output = around.Out,
            Error = around.Error,
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (IOException failure)
        {
            // A full disk behind a redirection, most of all: nothing of that is a mistake of the program.
            await around.Error.WriteLineAsync(
                $"chaos: broke off, since its output could not be written or something could not be read: {PrintableText.OneLine(failure.Message)}");
            return ExitCode.Failed;
        }
#pragma warning disable CA1031 // The last place before the runtime would print a stack trace and abort.
        catch (Exception error)
#pragma warning restore CA1031
        {
            await around.Error.WriteLineAsync(
                args.Contains("--verbose")
                    ? $"chaos: internal error: {error}"
                    : $"chaos: internal error: {error.Message} (--verbose shows where)");
            return ExitCode.InternalError;
        }
    }

    /// <summary>The whole command; a new verb is one line here.</summary>
    public static RootCommand Create(Surroundings around)
    {
        var globals = new GlobalOptions();
        var root = new RootCommand("Chaos engineering for .NET: run experiments, and learn what your users would feel.");
        root.Directives.Clear();
        root.Options.Clear();
        root.Add(new HelpOption("--help", "-h")
        {
            Description = "Show this help.",
            Recursive = true,
            Action = new HelpAction { MaxWidth = HelpWidth },
        });
        root.Add(VersionOption(around));
        foreach (var option in globals.All)
        {
            option.Recursive = true;
            root.Add(option);
        }

        root.Add(InitVerb.Create(globals, around));
        root.Add(DiscoverVerb.Create(globals, around));
        root.Add(RunVerb.Create(globals, around));
        root.Add(ValidateVerb.Create(globals, around));
        root.Add(SchemaVerb.Create(globals, around));
        root.Add(PlanVerb.Create(globals, around));
        root.Add(WatchVerb.Create(globals, around));
        root.Add(ReportVerb.Create(globals, around));
        root.Add(HistoryVerb.Create(globals, around));
        root.Add(CompareVerb.Create(globals, around));
        root.Add(FaultsVerb.Create(globals, around));
        root.Add(HaltVerb.Create(globals, around));
        root.Add(ProxyVerb.Create(globals, around));
        root.Add(LoadVerb.Create(globals, around));
        root.Add(SpansVerb.Create(globals, around));
        root.Add(InfoVerb.Create(globals, around));
        root.Add(SettingsVerb.Create(globals, around));
        root.Add(DoctorVerb.Create(globals, around));
        root.Add(McpVerb.Create(globals, around));
        root.Add(AgentVerb.Create(globals, around));
        root.Add(CompletionVerb.Create(around));
        root.Add(CompleteVerb.Create(root, around));
        return root;
    }

    private static Option<bool> VersionOption(Surroundings around)
    {
        var option = Choice.Flag("--version", "Show the version.");
        option.Action = new VersionAction(around.Out);
        return option;
    }
}
