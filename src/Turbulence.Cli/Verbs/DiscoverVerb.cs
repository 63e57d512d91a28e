using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Files;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Signals;
using Turbulence.Documents;
using Turbulence.Events;
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
        var name = new Argument<string>("NAME")
        {
            Description = "A Python package (chaostoolkit-kubernetes), or a .NET assembly or its file (My.Chaos.dll).",
        };
        var noSystem = Choice.Flag("--no-system-info", "Do not let the extension look at the system that it is for.");
        var noInstall = Choice.Flag("--no-install", "Accepted, and nothing is installed without it either.");
        var path = new Option<string>("--discovery-path")
        {
            HelpName = "PATH",
            Description = "Write what was discovered to this file.",
            DefaultValueFactory = static _ => "./discovery.json",
        };
        var verb = new Command("discover", "Ask an extension what it offers, for chaos init.") { name, path, noSystem, noInstall };
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

            var call = new DiscoveryCall(parsed.GetRequiredValue(name), !parsed.GetValue(noSystem), file);
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

    // The reference says so and ends with 0.
    private static int Fail(string problem, GlobalSettings settings, Outputs outputs)
    {
        var compatible = settings.Compatibility == Compatibility.ChaosToolkit;
        outputs.Say(compatible ? NoticeLevel.Critical : NoticeLevel.Error, PrintableText.OneLine(problem.Trim().Split('\n')[0]));
        return compatible ? ExitCode.Done : NotDone;
    }
}
