using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Signals;
using Turbulence.Cli.Terminal;
using Turbulence.Events;
using Turbulence.Faults.Residents;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Platform.Sockets;
using Turbulence.Runs;
using Turbulence.Runs.Planning;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos spans</c>: what a running .NET process does and depends on, as its spans tell: without a restart, without a change of code.
/// </summary>
internal static class SpansVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var source = new Argument<string?>("SOURCE")
        {
            Description = "The experiment that has the service: a JSON or YAML file.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var service = new Option<string?>("--service")
        {
            HelpName = "NAME",
            Description = "Watch this service of the experiment; it has to run.",
        };
        var watched = new WatchedProcess();
        var output = Choice.Defaulted("--output", "Print a table, or JSON for programs", "table", "table", "json");
        var options = new RunSettings();
        var verb = new Command("spans", "Show what a running .NET process does and depends on, from the inside.")
        {
            source, service, watched.Id, watched.Length, output, options.Variables, options.VariableFiles,
        };
        verb.Validators.Add(result =>
        {
            var hasService = result.GetResult(service) is not null;
            if (hasService == (result.GetResult(watched.Id) is not null))
            {
                result.AddError(hasService ? "--service and --pid exclude each other" : "--pid N or --service NAME is missing: which process");
            }
            else if (hasService != (result.GetResult(source) is { Tokens.Count: > 0 }))
            {
                result.AddError(hasService ? "SOURCE is missing: the experiment that has the service" : "--pid takes no SOURCE");
            }
        });
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var stop = new RunStop();
            using var signals = new SignalWatch(stop.Request);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            if (!WorkingDirectory.TryMove(settings, outputs))
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            var process = parsed.GetValue(watched.Id);
            if (parsed.GetValue(service) is { } name)
            {
                var request = options.ReadLook(parsed, settings, new SettingsIntake(outputs, settings));
                await using var run = await Chaos.Load(parsed.GetValue(source)!)
                    .PrepareAsync(request, around.Place, RunPurpose.Look, stop, new VerbListener(outputs, settings));
                if (run.Refusal is { } refusal)
                {
                    return ExitCode.Of(refusal, settings.Compatibility);
                }

                process = Find((await run.PlanAsync()).Services, name, out var problem);
                if (problem is not null)
                {
                    outputs.Say(NoticeLevel.Error, PrintableText.OneLine(problem));
                    return ExitCode.Failed;
                }
            }

            return await WatchAsync(
                process!.Value, parsed.GetValue(watched.Length), parsed.GetValue(output) == "json", around, outputs, stop);
        });
        return verb;
    }

    private static int? Find(IReadOnlyList<PlannedService> services, string name, out string? problem)
    {
        var port = services.FirstOrDefault(service => service.Name == name)?.Port;
        var process = port is { } known ? ListeningProcess.Find(known).Select(static found => (int?)found.Id).FirstOrDefault() : null;
        problem = process is not null ? null
            : services.All(service => service.Name != name)
                ? $"the experiment has no service '{name}'; it has {string.Join(", ", services.Select(static service => service.Name))}"
            : port is null ? $"service '{name}' is ready by no port, so that its process is not known: use --pid"
            : $"service '{name}' does not run: nobody listens on port {port}";
        return process;
    }

    private static async Task<int> WatchAsync(
        int process, TimeSpan? length, bool isJson, Surroundings around, Outputs outputs, RunStop stop)
    {
        var (watch, problem) = await SpanWatch.BeginAsync(process, around.Time, stop.Run);
        if (watch is null)
        {
            outputs.Say(NoticeLevel.Error, PrintableText.OneLine(problem!));
            return ExitCode.Failed;
        }

        await using (watch)
        {
            using var display = isJson || !around.IsTerminal ? null : new SpansDisplay(around, watch.Text);
            var (seen, time, lost) = await WatchedProcess.WatchAsync(
                watch, length, around.Time, (all, so) => display?.Show(all, so), stop.Run);
            display?.Clear();
            if (seen is null)
            {
                outputs.Say(NoticeLevel.Error, PrintableText.OneLine(lost!));
                return ExitCode.Failed;
            }

            if (isJson)
            {
                around.Out.WriteLine(JsonText.Indented(SeenOperation.Map(watch.Text, time, seen)));
            }
            else
            {
                foreach (var line in SpansText.Table(watch.Text, time, seen))
                {
                    around.Out.WriteLine(line);
                }
            }
        }

        return ExitCode.Done;
    }
}
