using Turbulence.Cli.Files;
using Turbulence.Cli.Lines;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Reports;
using Turbulence.Reports.Formats;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// Writes the reports that were asked for when a run has ended. Whoever asks the run to stop then has waited long enough: what is not
/// written by then is given up, and nothing half written stays.
/// </summary>
/// <param name="outputs">Where it is said what could not be written.</param>
/// <param name="stop">Where somebody asks.</param>
/// <param name="time">The clock.</param>
internal sealed class RunReports(Outputs outputs, RunStop stop, TimeProvider time)
{
    // Whoever writes to a pipe that nobody reads does not hear of it; he ends with the program.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private Interruption? asked;

    /// <summary>Writes them, and says of each that is not written why.</summary>
    /// <param name="files">Where to.</param>
    /// <param name="journal">What of.</param>
    /// <returns>What became of each.</returns>
    public async Task<IReadOnlyList<RunFile>> WriteAsync(string[] files, RunJournal journal)
    {
        if (files.Length == 0)
        {
            return [];
        }

        using var giveUp = new CancellationTokenSource();
        stop.Requested += GiveUp;
        try
        {
            List<RunFile> written = [];
            var (report, _) = await UnlessGivenUpAsync(() => journal.Report(), giveUp.Token);
            foreach (var one in report?.Unread ?? [])
            {
                outputs.Say(NoticeLevel.Error, $"The journal {one.File} cannot be read for the report: {one.Problem}");
            }

            foreach (var file in files)
            {
                written.Add(new RunFile("report", file, await WriteAsync(report, file, giveUp.Token)));
            }

            return written;
        }
        finally
        {
            stop.Requested -= GiveUp;
        }

        void GiveUp(Interruption interruption, int number)
        {
            asked ??= interruption;
            giveUp.Cancel();
        }
    }

    private async Task<string?> WriteAsync(Report? report, string file, CancellationToken giveUp)
    {
        var (problem, isOver) = report is null
            ? (null, false)
            : await UnlessGivenUpAsync(() => ReportFile.Write(report, ReportFormats.ForFile(file)!, file, giveUp), giveUp);
        problem = isOver ? problem : $"The report {file} is not written: {asked!.Message}";
        if (problem is not null)
        {
            outputs.Say(NoticeLevel.Error, problem);
        }

        return problem is not null ? "not written" : report!.Unread.Any() ? "of a journal that cannot be read" : null;
    }

    private async Task<(TMade? Made, bool IsOver)> UnlessGivenUpAsync<TMade>(Func<TMade> make, CancellationToken giveUp)
    {
        if (giveUp.IsCancellationRequested)
        {
            return (default, false);
        }

        var making = Task.Run(make, CancellationToken.None);
        try
        {
            return (await making.WaitAsync(giveUp), true);
        }
        catch (OperationCanceledException)
        {
            try
            {
                // It hears of it at the next byte that it writes, and takes away what it has written.
                return (await making.WaitAsync(Grace, time, CancellationToken.None), true);
            }
            catch (Exception given) when (given is OperationCanceledException or TimeoutException)
            {
                return (default, false);
            }
        }
    }
}
