using System.Globalization;
using System.Text;
using Turbulence.Interruptions;
using Turbulence.Reports.Runs;
using Turbulence.Reports.Texts;

namespace Turbulence.Reports.Formats;

/// <summary>
/// Markdown for pull requests and for people: the verdict with its reasons first, then what users felt, then what was done.
/// </summary>
internal sealed class MarkdownReport : IReportFormat
{
    // A comment of GitHub takes 65,536 characters.
    private const int MostRows = 100;

    /// <inheritdoc/>
    public string Name => "markdown";

    /// <inheritdoc/>
    public string Extension => ".md";

    /// <inheritdoc/>
    public void Write(Report report, Stream target)
    {
        using var text = new StreamWriter(target, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        var isFirst = true;
        foreach (var journal in report.Journals)
        {
            if (!isFirst)
            {
                text.WriteLine();
            }

            isFirst = false;
            if (journal.Run is { } run)
            {
                Write(text, run);
            }
            else
            {
                text.WriteLine($"## {MarkdownText.Code(journal.File)}: unreadable");
                text.WriteLine();
                text.WriteLine($"- the journal cannot be read: {MarkdownText.Of(journal.Problem)}");
            }
        }
    }

    private static void Write(TextWriter text, ReportedRun run)
    {
        var person = run is { NeedsAPerson: true, Verdict: not ReportedVerdict.NeedsAPerson } ? ", and the system needs a person" : "";
        text.WriteLine($"## {MarkdownText.Of(run.Title.Length > 0 ? run.Title : run.File)}: {ReportedVerdictWord.Of(run.Verdict)}{person}");
        text.WriteLine();
        foreach (var reason in run.Reasons)
        {
            text.WriteLine($"- {MarkdownText.Of(reason)}");
        }

        if (run.Reasons.Count > 0)
        {
            text.WriteLine();
        }

        WriteHead(text, run);
        WriteUsers(text, run);
        WriteFaults(text, run);
        MarkdownReceipts.Write(text, run);
        WriteActivities(text, run);
        WriteRest(text, run);
    }

    private static void WriteHead(TextWriter text, ReportedRun run)
    {
        List<string> words = [];
        if (run.Started is { } started)
        {
            words.Add(started.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture));
        }

        if (run.Duration is { } duration)
        {
            words.Add($"{FigureText.Time(duration * 1000)}");
        }

        if (run.ExitCode is { } code)
        {
            words.Add($"exit code {code.ToString(CultureInfo.InvariantCulture)}");
        }

        if (run.Machine.Host is { } host)
        {
            words.Add($"on {MarkdownText.Code(host)}");
        }

        if (run.Version is { } version)
        {
            words.Add($"{(run.IsReference ? "chaostoolkit-lib" : "chaos")} {MarkdownText.Code(version)}");
        }

        if (run.Compatibility is { } whose)
        {
            words.Add($"by the rules of {MarkdownText.Of(whose)}");
        }

        if (run.IsVerdictDerived)
        {
            words.Add("the verdict follows from the journal, which has none");
        }

        if (words.Count > 0)
        {
            text.WriteLine(string.Join(", ", words));
            text.WriteLine();
        }
    }

    private static void WriteUsers(TextWriter text, ReportedRun run)
    {
        if (run.Loads.Count == 0)
        {
            return;
        }

        text.WriteLine("### What users felt");
        text.WriteLine();
        text.WriteLine("| load | requests | lost | p50 | p99 | longest | |");
        text.WriteLine("|---|---:|---:|---:|---:|---:|---|");
        foreach (var load in run.Loads)
        {
            var outcomes = string.Join(", ", load.Outcomes
                .Where(static one => one.Requests > 0).Select(static one => $"{FigureText.Count(one.Requests)} {MarkdownText.Of(one.Outcome)}"));
            var said = load.Problem ?? load.Bottleneck;
            var met = load.ToleranceMet switch { true => "; within their tolerance", false => "; **not** within their tolerance", _ => "" };
            text.WriteLine($"| {MarkdownText.Code(load.Name)} | {FigureText.Count(load.Intended)} | {FigureText.Count(load.Lost)} "
                + $"| {FigureText.Time(load.Latency?.P50)} | {FigureText.Time(load.Latency?.P99)} | {FigureText.Time(load.Latency?.Longest)} "
                + $"| {outcomes}{met}{(said is null ? "" : $"; {MarkdownText.Of(said)}")}{(load.HasFigures ? "" : "; so far")} |");
        }

        text.WriteLine();
        var costs = run.Loads.SelectMany(static load => load.Faults.Select(cost => (Load: load, Cost: cost))).ToList();
        if (costs.Count == 0)
        {
            return;
        }

        text.WriteLine("| fault | load | lost | somebody else answered after | errors for | slow for | back after | p99 before → while it was in → after |");
        text.WriteLine("|---|---|---:|---:|---:|---:|---:|---|");
        foreach (var (load, cost) in costs.Take(MostRows))
        {
            text.WriteLine($"| {Fault(run, cost.Fault)} | {MarkdownText.Code(load.Name)} | {FigureText.Count(cost.Lost)} "
                + $"| {FigureText.Time(cost.FailoverMilliseconds)} | {FigureText.Time(cost.ErrorWindowMilliseconds)} "
                + $"| {FigureText.Time(cost.SlowMilliseconds)} | {FigureText.Time(cost.RecoveredMilliseconds)} "
                + $"| {FigureText.Time(cost.Before?.P99Milliseconds)} → {FigureText.Time(cost.During?.P99Milliseconds)} → {FigureText.Time(cost.After?.P99Milliseconds)} |");
        }

        WriteMore(text, costs.Count);
        text.WriteLine();
    }

    private static string Fault(ReportedRun run, string id) =>
        run.Faults.FirstOrDefault(fault => fault.Id == id) is { } fault
            ? $"{MarkdownText.Code(fault.Kind)} {MarkdownText.Code(id)}"
            : MarkdownText.Code(id);

    private static void WriteFaults(TextWriter text, ReportedRun run)
    {
        if (run.Faults.Count == 0)
        {
            return;
        }

        text.WriteLine("### Faults");
        text.WriteLine();
        text.WriteLine("| fault | asked for by | targets | in | effect | undo |");
        text.WriteLine("|---|---|---|---:|---|---|");
        foreach (var fault in run.Faults.Take(MostRows))
        {
            var effect = fault switch
            {
                { Lost: { } lost } => $"⚠ lost: {MarkdownText.Of(lost)}",
                { Effect: { } seen } => $"{(seen.Seen ? "✓" : "⚠ none:")} {MarkdownText.Of(seen.Text)}",
                { WasIn: true } => "⚠ nobody has looked",
                _ => $"⚠ it was not in: {MarkdownText.Of(fault.Problem ?? fault.State)}",
            };
            var undo = fault.State == "planned" ? "–"
                : !fault.IsOutstanding ? $"✓ {MarkdownText.Of(fault.Confirmation?.Text ?? fault.State)}"
                : $"✗ **{MarkdownText.Of(fault.State)}**: {MarkdownText.Of(fault.Problem ?? fault.Confirmation?.Text ?? "nobody has seen that everything is as it was")}"
                    + (fault.Undo is { } how ? $"; what to do: {MarkdownText.Code(how)}" : "");
            var by = fault.RevertedBy is { } who ? $", by {MarkdownText.Of(who)}" : "";
            text.WriteLine($"| {MarkdownText.Code(fault.Kind)} {MarkdownText.Code(fault.Id)} | {MarkdownText.Code(fault.Activity)} "
                + $"| {MarkdownText.Of(string.Join(", ", fault.Targets))} "
                + $"| {FigureText.Time(((fault.Times.Reverting ?? fault.Times.Lost) - fault.Times.Injecting) * 1000)} | {effect} | {undo}{by} |");
        }

        WriteMore(text, run.Faults.Count);
        text.WriteLine();
    }

    private static void WriteActivities(TextWriter text, ReportedRun run)
    {
        if (run.Activities.Count == 0)
        {
            return;
        }

        // What is wrong is never what is left out.
        var shown = run.Activities.Count <= MostRows
            ? run.Activities
            : [.. run.Activities.OrderBy(static one => !one.IsTrouble).Take(MostRows).OrderBy(static one => one.Number)];
        text.WriteLine("### Activities");
        text.WriteLine();
        text.WriteLine("| | | when | took | |");
        text.WriteLine("|---|---|---|---:|---|");
        foreach (var one in shown)
        {
            var mark = one.ToleranceMet == false || one.IsTrouble ? "✗" : one.Status == ActivityStatus.Dry ? "–" : "✓";
            var status = one.Status == ActivityStatus.Succeeded
                ? one.ToleranceMet switch { true => "within its tolerance", false => "tolerance missed", _ => "succeeded" }
                : ActivityStatusWord.Of(one.Status);
            var why = one.Error is { } error ? $": {MarkdownText.Of(error)}"
                : one.ToleranceMet == false ? $": expected {MarkdownText.Code(one.Tolerance)}, got {MarkdownText.Code(one.Output ?? "nothing")}"
                : "";
            text.WriteLine($"| {mark} | {MarkdownText.Of(one.Type)} {MarkdownText.Code(one.Name)}{(one.Background ? " in background" : "")} "
                + $"| {Phase(one)} | {FigureText.Time(one.Duration * 1000)} | {status}{why} |");
        }

        WriteMore(text, run.Activities.Count);
        text.WriteLine();
    }

    private static string Phase(ReportedActivity one) => one.Phase switch
    {
        RunPhase.Gate => "before the method",
        RunPhase.During => $"while it played, check {one.Iteration?.ToString(CultureInfo.InvariantCulture)}",
        RunPhase.Method => "in the method",
        RunPhase.After => "after the method",
        RunPhase.Rollbacks => "in the rollbacks",
        _ => "after the rollbacks",
    };

    private static void WriteRest(TextWriter text, ReportedRun run)
    {
        foreach (var note in run.Notes)
        {
            text.WriteLine($"- {MarkdownText.Of(note)}");
        }

        if (run.Notes.Count > 0)
        {
            text.WriteLine();
        }

        text.WriteLine(RepeatCommand.Of(run) is { } command
            ? $"To repeat it: {MarkdownText.Code(command)}"
            : "The journal does not say which file was run" + (run.Seed is { } seed ? $"; its seed was {seed.ToString(CultureInfo.InvariantCulture)}" : ""));
    }

    private static void WriteMore(TextWriter text, int count)
    {
        if (count > MostRows)
        {
            text.WriteLine();
            text.WriteLine($"…and {FigureText.Count(count - MostRows)} more.");
        }
    }
}
