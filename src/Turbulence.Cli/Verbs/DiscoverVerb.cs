using System.CommandLine;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Files;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Signals;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Faults.Residents;
using Turbulence.Hosts.Discovery;
using Turbulence.Interruptions;
using Turbulence.Runs.Composition;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos discover NAME</c>: asks an extension what it offers and writes that down for <c>chaos init</c>. Nothing is ever installed.
/// </summary>
internal static class DiscoverVerb
{
    private const int NotDone = 1;

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var name = new Argument<string?>("NAME")
        {
            Description = "A Python package (chaostoolkit-kubernetes), or a .NET assembly or its file (My.Chaos.dll).",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var watched = new WatchedProcess();
        var noSystem = Choice.Flag("--no-system-info", "Do not let the extension look at the system that it is for.");
        var noInstall = Choice.Flag("--no-install", "Accepted, and nothing is installed without it either.");
        var path = new Option<string>("--discovery-path")
        {
            HelpName = "PATH",
            Description = "Write what was discovered to this file.",
            DefaultValueFactory = static _ => "./discovery.json",
        };
        var verb = new Command("discover", "Ask an extension, or a running .NET process, what there is for chaos init.")
        {
            name, path, noSystem, noInstall, watched.Id, watched.Length,
        };
        verb.Validators.Add(result =>
        {
            var hasName = result.GetResult(name) is { Tokens.Count: > 0 };
            if (hasName == (result.GetResult(watched.Id) is not null))
            {
                result.AddError(hasName ? "NAME and --pid exclude each other" : "NAME or --pid N is missing: what is to be asked");
            }
        });
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.Read(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            if (!WorkingDirectory.TryMove(settings, outputs))
            {
                return ExitCode.Usage(settings.Compatibility);
            }

            if (!WholeFile.TryPrepare(parsed.GetValue(path)!, "The discovery document", out var file, out var unwritable))
            {
                outputs.Say(NoticeLevel.Error, unwritable);
                return NotDone;
            }

            if (parsed.GetValue(watched.Id) is { } process)
            {
                return await WatchAsync(process, parsed.GetValue(watched.Length), file, around, outputs);
            }

            var call = new DiscoveryCall(parsed.GetValue(name)!, !parsed.GetValue(noSystem), file);
            if (!call.IsDotNet && !parsed.GetValue(noInstall))
            {
                outputs.Say(NoticeLevel.Information, $"Nothing is installed: {call.Name} has to be there already");
            }

            return await InvokeAsync(call, settings, around, outputs);
        });
        return verb;
    }

    private static async Task<int> InvokeAsync(DiscoveryCall call, GlobalSettings settings, Surroundings around, Outputs outputs)
    {
        using var stop = new RunStop();
        using var signals = new SignalWatch(stop.Request);
        var settingsIntake = new SettingsIntake(outputs, settings);
        await using var notifications = new VerbNotifications(
            outputs, settings, "discovery", settingsIntake.File.Folder, settingsIntake.Read().Notifications, around.Time);
        await notifications.StartedAsync(() => call.Name);
        await using var workers = new RunWorkers(
            around.Place, settings.Compatibility, new RunEnvironment(), Environment.CurrentDirectory, outputs.Say, stop);
        try
        {
            var discovery = new ExtensionDiscovery(call.IsDotNet ? workers.DotNet : workers.Python);
            var answer = await discovery.DescribeAsync(call.Name, call.System, stop.Run);
            stop.Run.ThrowIfCancellationRequested();
            var problem = answer.IsFound ? call.File.Write(DocumentText.Json(answer.Document), replace: true)
                : settings.Compatibility == Compatibility.None ? call.Explained(answer.Problem) : answer.Problem;
            if (problem is not null)
            {
                await notifications.FailedAsync(problem);
                return Fail(problem, settings, outputs);
            }

            await notifications.CompletedAsync(answer.Document!);
            outputs.Say(NoticeLevel.Information, $"Discovery outcome saved in {call.File.Path}");
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
        {
            outputs.Say(NoticeLevel.Warning, "Nothing was written");
            return ExitCode.Stopped(settings.Compatibility);
        }
    }

    private static async Task<int> WatchAsync(int process, TimeSpan? length, WholeFile file, Surroundings around, Outputs outputs)
    {
        using var stop = new RunStop();
        using var signals = new SignalWatch(stop.Request);
        var (watch, problem) = await SpanWatch.BeginAsync(process, around.Time, stop.Run);
        if (watch is not null)
        {
            await using (watch)
            {
                (var seen, _, problem) = await WatchedProcess.WatchAsync(watch, length, around.Time, static (_, _) => { }, stop.Run);
                if (seen is { Count: 0 })
                {
                    problem = $"{watch.Text} did nothing that has a span: send it requests meanwhile; nothing was written";
                }
                else if (seen is not null)
                {
                    var document = SpansDiscovery.Of(process, watch.Text, around.Time.GetUtcNow(), seen);
                    problem = file.Write(DocumentText.Json(document), replace: true);
                    var faults = ((JsonArray)document["activities"]!).Count;
                    if (problem is null)
                    {
                        outputs.Say(
                            NoticeLevel.Information,
                            $"{faults} faults for what {watch.Text} was seen to do saved in {file.Path}: chaos init --discovery-path {file.Path}");
                    }
                }
            }
        }

        if (problem is not null)
        {
            outputs.Say(NoticeLevel.Error, PrintableText.OneLine(problem));
        }

        return problem is null ? ExitCode.Done : NotDone;
    }

    // The reference says so and ends with 0.
    private static int Fail(string problem, GlobalSettings settings, Outputs outputs)
    {
        var compatible = settings.Compatibility == Compatibility.ChaosToolkit;
        outputs.Say(compatible ? NoticeLevel.Critical : NoticeLevel.Error, PrintableText.OneLine(problem.Trim().Split('\n')[0]));
        return compatible ? ExitCode.Done : NotDone;
    }
}
