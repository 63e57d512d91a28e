using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Files;
using Turbulence.Events;
using Turbulence.Reports.Formats;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos report JOURNAL...</c>: makes a report out of journals alone. What could not be read stands in the report, and in the exit code;
/// what the runs have shown does not, since that is what the report is for.
/// </summary>
internal static class ReportVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var journals = new Argument<string[]>("JOURNAL")
        {
            Description = "The journals of the runs, ours or the reference runner's.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--output", "-o")
        {
            HelpName = "FILE",
            Description = $"Write the report to this file, whose extension says what it is: {string.Join(", ", ReportFormats.All.Select(static format => format.Extension))}.",
        };
        var format = Choice.Among("--format", "Write it as", [.. ReportFormats.All.Select(static format => format.Name)]);
        var verb = new Command("report", "Make a report out of journals.") { journals, output, format };
        verb.SetAction((parsed, _) =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            return Task.FromResult(WorkingDirectory.TryMove(settings, outputs)
                ? Invoke(parsed.GetRequiredValue(journals), parsed.GetValue(output), parsed.GetValue(format), settings, around, outputs)
                : ExitCode.Usage(settings.Compatibility));
        });
        return verb;
    }

    private static int Invoke(string[] journals, string? path, string? name, GlobalSettings settings, Surroundings around, Outputs outputs)
    {
        var format = name is not null ? ReportFormats.Named(name) : path is not null ? ReportFormats.ForFile(path) : ReportFormats.All[0];
        if (format is null)
        {
            outputs.Say(NoticeLevel.Error, $"{ReportFile.Problem(path!)}; --format says it in place of that");
            return ExitCode.Usage(settings.Compatibility);
        }

        var report = ReportFile.Of(journals.Distinct());
        foreach (var journal in report.Unread)
        {
            outputs.Say(NoticeLevel.Error, $"The journal {journal.File} cannot be read: {journal.Problem}");
        }

        if (path is null)
        {
            ReportFile.Write(report, format, around.Out);
        }
        else if (ReportFile.Write(report, format, path) is { } problem)
        {
            outputs.Say(NoticeLevel.Error, problem);
            return ExitCode.Failed;
        }

        return report.Unread.Any() ? ExitCode.Failed : ExitCode.Done;
    }
}
