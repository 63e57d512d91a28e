using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Reports;
using Turbulence.Reports.Formats;
using Turbulence.Reports.Reading;
using Turbulence.Runs;
using Turbulence.Runs.Requests;
using Turbulence.Testing.Frameworks;

namespace Turbulence.Testing.Results;

/// <summary>An experiment that is run as a test: its journal and its report are put beside the test's result.</summary>
/// <param name="framework">Who runs the test.</param>
/// <param name="experiment">The experiment.</param>
/// <param name="request">How it is run.</param>
/// <param name="place">Where, with its seed.</param>
internal sealed class ExperimentTest(ITestFramework framework, LoadableExperiment experiment, RunRequest request, RunPlace place)
{
    /// <summary>Runs it.</summary>
    public async Task<ExperimentEnd> RunAsync(CancellationToken cancellationToken)
    {
        var folder = TestFolder.Make(framework.TestName);
        var journal = request.JournalPath ?? Path.Combine(folder.FullName, "journal.json");
        var where = place.Folder is null ? place with { Folder = folder.FullName } : place;
        Task<(RunOutcome? Outcome, IReadOnlyList<Problem> Problems, RunRefusal? Refusal)> running;

        // The trace of the test is not that of the run, whose own requests are none of the test's.
        using (ExecutionContext.SuppressFlow())
        {
            running = Task.Run(() => RunAsync(journal, where, cancellationToken), CancellationToken.None);
        }

        var (outcome, problems, refusal) = await running;
        if (outcome is null)
        {
            return new ExperimentEnd(null, FailureText.Of(refusal!, problems));
        }

        var reading = JournalReader.Read(Path.GetFullPath(journal, where.Folder!));
        var report = Path.Combine(folder.FullName, "report.html");
        var files = new ResultFiles(reading, report, Write(reading, report));
        files.AttachTo(framework, folder.Name);
        return new ExperimentEnd(outcome, outcome is { Verdict: Verdict.Passed, NeedsAPerson: false }
            ? null
            : FailureText.Of(outcome, files, place.Seed!.Value));
    }

    private async Task<(RunOutcome? Outcome, IReadOnlyList<Problem> Problems, RunRefusal? Refusal)> RunAsync(
        string journal, RunPlace where, CancellationToken cancellationToken)
    {
        await using var run = await experiment.PrepareAsync(request with { JournalPath = journal }, where);
        try
        {
            return (await run.RunAsync(cancellationToken: cancellationToken), run.Problems, null);
        }
        catch (RunRefusedException refused)
        {
            return (null, run.Problems, refused.Refusal);
        }
    }

    private static string? Write(JournalReading reading, string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
            ReportFormats.Named("html")!.Write(new Report([reading]), file);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return failure.Message;
        }
    }
}
