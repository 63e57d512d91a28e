using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using Turbulence.Aspire.Dashboards;
using Turbulence.Aspire.Resources;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Runs.Requests;

namespace Turbulence.Aspire.Experiments;

/// <summary>Shows in the dashboard how the run of an experiment goes.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="notifications">Shows its state.</param>
/// <param name="loggers">Has its lines.</param>
internal sealed class ExperimentWatch(
    ExperimentResource experiment, ResourceNotificationService notifications, ResourceLoggerService loggers) : IRunObserver, IRunListener
{
    private readonly ILogger logger = loggers.GetLogger(experiment);

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        switch (happened)
        {
            case Notice notice:
                Say(notice.Level, notice.Text);
                break;
            case ActivityEnded { Run: { } run }:
                Say(
                    run.ToleranceMet == false || run.End != ActivityEnd.Succeeded ? NoticeLevel.Warning : NoticeLevel.Information,
                    $"{run.Activity.Name}: {run.End}{(run.ToleranceMet == false ? ", its tolerance is missed" : "")}"
                        + (run.Message is { } message ? $": {message}" : ""));
                break;
            case FaultChanged { Fault: { } fault }:
                Say(
                    NoticeLevel.Information,
                    $"Fault {fault.Id} ({fault.Kind}): {fault.State}"
                        + ((fault.Confirmation ?? fault.Effect)?.Text is { } seen ? $", {seen}" : ""));
                break;
        }
    }

    /// <inheritdoc/>
    public void Say(NoticeLevel level, string text) => logger.Say(
        level switch
        {
            NoticeLevel.Debug => LogLevel.Debug,
            NoticeLevel.Information => LogLevel.Information,
            NoticeLevel.Warning => LogLevel.Warning,
            _ => LogLevel.Error,
        },
        text);

    /// <inheritdoc/>
    public void Found(IReadOnlyCollection<Problem> problems, string source, SourceText? text)
    {
        foreach (var problem in problems)
        {
            Say(problem.Severity == ProblemSeverity.Error ? NoticeLevel.Error : NoticeLevel.Warning, $"{source}: {problem}");
        }
    }

    /// <summary>It begins.</summary>
    public Task BeginAsync() => ShowAsync(new("Running the experiment", KnownResourceStateStyles.Info), []);

    /// <summary>It was not run.</summary>
    /// <param name="reason">Why.</param>
    public Task RefuseAsync(string reason)
    {
        Say(NoticeLevel.Error, reason);
        return ShowAsync(new("not run", KnownResourceStateStyles.Error), [("Why", reason)]);
    }

    /// <summary>It has ended.</summary>
    public async Task<ExperimentOutcome> EndAsync(ExperimentOutcome ended)
    {
        var outcome = ended.Outcome;
        Say(
            outcome is { Verdict: Verdict.Passed, NeedsAPerson: false } ? NoticeLevel.Information : NoticeLevel.Warning,
            $"Verdict: {outcome.Word}{string.Concat(outcome.Reasons.Select(static reason => $"\n  because {reason}"))}");
        await ShowAsync(
            new(
                outcome.Word,
                outcome.NeedsAPerson || outcome.Verdict is Verdict.Deviated or Verdict.Failed ? KnownResourceStateStyles.Error
                    : outcome.Verdict == Verdict.Passed ? KnownResourceStateStyles.Success
                    : KnownResourceStateStyles.Warn),
            [
                ("Verdict", outcome.NeedsAPerson ? $"{outcome.Word}; something was not seen to be taken back" : outcome.Word),
                .. outcome.Reasons.Select(static reason => ("Because", reason)),
                ("Journal", ended.Journal),
                .. ended.Page is { } page ? [("Report", page)] : Array.Empty<(string, string)>(),
            ]);
        return ended;
    }

    private Task ShowAsync(ResourceStateSnapshot state, (string Display, string Value)[] lines) => notifications.PublishUpdateAsync(
        experiment,
        snapshot => snapshot with
        {
            State = state,
            Properties =
            [
                .. snapshot.Properties.Where(static property => !property.Name.StartsWith("chaos.", StringComparison.Ordinal)),
                .. lines.Select(static (line, at) => new ResourcePropertySnapshot($"chaos.{at}", line.Value)
                {
                    DisplayName = line.Display,
                    IsHighlighted = true,
                    SortOrder = at,
                }),
            ],
        });
}
