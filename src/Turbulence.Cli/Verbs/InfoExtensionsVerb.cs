using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Signals;
using Turbulence.Events;
using Turbulence.Hosts.Discovery;
using Turbulence.Interruptions;
using Turbulence.Runs.Composition;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos info extensions</c>: the Python extensions that are installed, in the reference's table.</summary>
internal static class InfoExtensionsVerb
{
    private const int NotDone = 1;
    private const string Prefix = "Chaos Toolkit Extension for ";

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var verb = new Command("extensions", "Show the Python extensions that are installed.");
        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.Read(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            return WorkingDirectory.TryMove(settings, outputs)
                ? await InvokeAsync(settings, around, outputs)
                : ExitCode.Usage(settings.Compatibility);
        });
        return verb;
    }

    private static async Task<int> InvokeAsync(GlobalSettings settings, Surroundings around, Outputs outputs)
    {
        using var stop = new RunStop();
        using var signals = new SignalWatch(stop.Request);
        await using var workers = new RunWorkers(
            around.Place, settings.Compatibility, new RunEnvironment(), Environment.CurrentDirectory, outputs.Say, stop);
        try
        {
            var answer = await new ExtensionDiscovery(workers.Python).ListAsync(stop.Run);
            if (answer.Problem is { } problem)
            {
                outputs.Say(NoticeLevel.Error, problem);
                return NotDone;
            }

            Write(around.Out, "NAME", "VERSION", "LICENSE", "DESCRIPTION");
            foreach (var extension in answer.Extensions)
            {
                Write(around.Out, extension.Name, extension.Version, extension.License ?? "Unknown", extension.Description);
            }

            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
        {
            return ExitCode.Stopped(settings.Compatibility);
        }
    }

    private static void Write(TextWriter output, string name, string version, string license, string description) => output.WriteLine(
        Column(name, 40) + Column(version, 10) + Column(license, 30) +
            Column(description.Replace(Prefix, "", StringComparison.Ordinal), 50));

    // What is too long for its column still ends before the next one begins.
    private static string Column(string text, int width) => OneLine(text).PadRight(width - 1) + " ";

    // A package may carry its whole licence in the field.
    private static string OneLine(string text) => PrintableText.OneLine(text.Trim().Split('\n')[0]);
}
