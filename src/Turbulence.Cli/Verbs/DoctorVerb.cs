using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Doctor;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Signals;
using Turbulence.Interruptions;
using Turbulence.Journals;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos doctor</c>: what works on this machine, and what each missing thing would need.</summary>
internal static class DoctorVerb
{
    /// <summary>The verb.</summary>
    public const string Name = "doctor";

    private const int NotWell = 1;

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var output = Choice.Defaulted("--output", "Print lines, or JSON for programs", "lines", "lines", "json");
        var verb = new Command(
            Name,
            "Look what works on this machine, and what each missing thing would need. The exit code is 1 where no run goes well.")
        {
            output,
        };
        verb.SetAction(async (parsed, _) =>
        {
            using var stop = new RunStop();
            using var signals = new SignalWatch(stop.Request);
            var settings = globals.ReadWithoutLog(parsed);
            try
            {
                return await LookAsync(settings.SettingsPath, parsed.GetValue(output) == "json", around, stop.Run);
            }
            catch (OperationCanceledException) when (stop.Run.IsCancellationRequested)
            {
                return ExitCode.Stopped(settings.Compatibility);
            }
        });
        return verb;
    }

    private static async Task<int> LookAsync(string settings, bool isJson, Surroundings around, CancellationToken stop)
    {
        List<Finding> found = [];
        await foreach (var finding in Examinations.LookAsync(Examinations.All(around, settings), around.Time, stop))
        {
            found.Add(finding);
            if (!isJson)
            {
                around.Out.WriteLine(PrintableText.OneLine($"{finding.Word,-8} {finding.Subject,-13} {finding.Text}"));
                around.Out.Flush();
            }
        }

        var broken = found
            .Where(static finding => finding.State == FindingState.Broken)
            .Select(static finding => finding.Subject)
            .Distinct()
            .ToList();
        if (isJson)
        {
            around.Out.WriteLine(JsonText.Indented(FindingsJson.Of(found)));
        }
        else
        {
            around.Out.WriteLine(broken.Count == 0
                ? "Experiments can be run on this machine."
                : $"Experiments do not go well on this machine before this is mended: {string.Join(", ", broken)}.");
        }

        return broken.Count == 0 ? ExitCode.Done : NotWell;
    }
}
