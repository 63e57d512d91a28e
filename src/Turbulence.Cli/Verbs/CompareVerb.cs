using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Files;
using Turbulence.Cli.Lines;
using Turbulence.Events;
using Turbulence.Reports.Comparisons;
using Turbulence.Reports.Runs;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos compare BASE HEAD</c>: what two runs have shown otherwise. Like <c>diff</c> it ends with 0 where nothing is otherwise, with 1
/// where something is, and with 2 where a journal cannot be read.
/// </summary>
internal static class CompareVerb
{
    private const int Otherwise = 1;

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var before = new Argument<string>("BASE") { Description = "The journal of the run to hold against." };
        var after = new Argument<string>("HEAD") { Description = "The journal of the run that is looked at." };
        var verb = new Command("compare", "Say what two runs have shown otherwise. The exit code is 1 where something is.") { before, after };
        verb.SetAction((parsed, _) =>
        {
            var settings = globals.ReadWithoutLog(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            return Task.FromResult(WorkingDirectory.TryMove(settings, outputs)
                ? Invoke(parsed.GetRequiredValue(before), parsed.GetRequiredValue(after), around, outputs)
                : ExitCode.Usage(settings.Compatibility));
        });
        return verb;
    }

    private static int Invoke(string before, string after, Surroundings around, Outputs outputs)
    {
        var report = ReportFile.Of([before, after]);
        foreach (var journal in report.Unread)
        {
            outputs.Say(NoticeLevel.Error, $"The journal {journal.File} cannot be read: {journal.Problem}");
        }

        if (report.Runs.ToList() is not [var was, var now])
        {
            return ExitCode.Failed;
        }

        var comparison = RunComparison.Of(was, now);
        Write(around.Out, was, now, comparison);
        return comparison.Differences.Count > 0 ? Otherwise : ExitCode.Done;
    }

    private static void Write(TextWriter target, ReportedRun was, ReportedRun now, RunComparison comparison)
    {
        void Line(string text) => target.WriteLine(PrintableText.OneLine(text));
        Line($"{now.Title}: {ReportedVerdictWord.Of(was.Verdict)} → {ReportedVerdictWord.Of(now.Verdict)}");
        foreach (var condition in comparison.Conditions)
        {
            Line($"  differs: {condition}");
        }

        foreach (var one in comparison.Differences)
        {
            Line($"  {one.What}: {one.Base ?? "(not there)"} → {one.Head ?? "(not there)"}{(one.Why is { } why ? $": {why}" : "")}");
        }

        if (comparison.Differences.Count == 0)
        {
            Line("  nothing is otherwise");
        }

        foreach (var one in comparison.Figures)
        {
            Line($"  {one.What}: {one.Base} → {one.Head}");
        }
    }
}
