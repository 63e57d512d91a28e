using Turbulence.Events;
using Turbulence.Faults.Ledgers;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs.Composition;

/// <summary>
/// Decides whether a run may begin: not while everything is halted, and not while something is still in that nobody looks after. What can
/// be taken back is taken back first.
/// </summary>
/// <param name="faults">What is in.</param>
/// <param name="say">Hears what was found and done.</param>
internal sealed class RunAdmission(FaultRoom faults, Action<NoticeLevel, string> say)
{
    /// <summary>The words in which a run is refused while everything is halted.</summary>
    /// <param name="reason">Why it is.</param>
    public static RunRefusal Halted(HaltSighting reason) => new(RefusalKind.Stopped, $"Nothing is run: {reason}");

    /// <summary>Says why a run may not begin.</summary>
    /// <returns>Why; null where the run may begin. The caller says it.</returns>
    public async Task<RunRefusal?> RefuseAsync()
    {
        try
        {
            if (faults.Ledger.Halted is { } halted)
            {
                return Halted(halted);
            }

            var recovered = await faults.Recovery(complaint => say(NoticeLevel.Warning, complaint)).RunAsync();
            foreach (var fault in recovered.Faults)
            {
                say(
                    NoticeLevel.Warning,
                    $"Fault {fault.Id} ({fault.Kind}) that nobody looked after: {fault.Confirmation?.Text ?? fault.Problem}");
            }

            foreach (var ended in recovered.Remains.Where(remains => recovered.Unended.All(left => left.Run.Id != remains.Run.Id)))
            {
                say(NoticeLevel.Warning, $"{ended.Text}; they are ended");
            }

            foreach (var run in recovered.Elsewhere)
            {
                say(NoticeLevel.Warning, $"In the ledger in {faults.Ledger.Folder} {run}");
            }

            foreach (var left in recovered.Left)
            {
                say(NoticeLevel.Critical, left);
            }

            return recovered.IsClean
                ? null
                : new RunRefusal(RefusalKind.NeedsAPerson, "Nothing is run while something of an earlier run may still be in");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Without faults a run needs no ledger; one with faults is told when it wants to put the first one in.
            say(NoticeLevel.Warning, $"The ledger in {faults.Ledger.Folder} cannot be used: {failure.Message}");
            return null;
        }
    }
}
