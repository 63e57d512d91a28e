using System.CommandLine;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Completions;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos faults revert [ID|--all]</c>: takes faults back and looks whether everything is as before. A fault that is taken back already
/// is nothing to do, so that it can be called at any time and twice, also beside the run that injected it; one that nobody knows is a
/// mistake.
/// </summary>
internal static class FaultsRevertVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var id = Choice.Offering(
            new Argument<string?>("ID") { Description = "The fault, as 'chaos faults list' names it.", Arity = ArgumentArity.ZeroOrOne },
            _ => KnownWords.Faults(around));
        var all = Choice.Flag("--all", "Take back every fault that is in.");
        var verb = new Command("revert", "Take back a fault, or all of them. The exit code is 5 where one is left.") { id, all };
        verb.SetAction((parsed, _) =>
        {
            var settings = globals.Read(parsed);
            return FaultCall.InvokeAsync(settings, around, call =>
            {
                if (parsed.GetValue(id) is null == !parsed.GetValue(all))
                {
                    call.Say(NoticeLevel.Error, "Say which fault: an ID of 'chaos faults list', or --all");
                    return Task.FromResult(ExitCode.Usage(settings.Compatibility));
                }

                return RevertAsync(call, parsed.GetValue(id), settings.Compatibility);
            });
        });
        return verb;
    }

    /// <summary>Takes faults back.</summary>
    /// <param name="call">The call.</param>
    /// <param name="id">The one fault; null for all.</param>
    /// <param name="compatibility">Whose exit codes apply.</param>
    /// <param name="by">Who takes them back, for the records of runs that go on.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RevertAsync(FaultCall call, string? id, Compatibility compatibility, string by = "'chaos faults revert'")
    {
        var content = call.Room.Ledger.Read();
        if (id is not null && content.Damaged.Count == 0 && content.Faults.All(fault => fault.Id != id))
        {
            call.Say(
                NoticeLevel.Error, $"There is no fault '{id}', or it was taken back and forgotten; 'chaos faults list' says what is in");
            return ExitCode.Usage(compatibility);
        }

        FaultRecord[] outstanding = [.. content.Faults.Where(
            fault => fault.State != FaultState.Confirmed && (id is null ? !LedgerContent.IsElsewhere(fault) : fault.Id == id))];
        var remains = id is null ? RunRemains.Abandoned(content) : [];
        foreach (var run in id is null ? content.Elsewhere : [])
        {
            call.Say(NoticeLevel.Warning, $"In the ledger {run}");
        }

        if (outstanding.Length == 0 && content.Damaged.Count == 0 && remains.Count == 0)
        {
            call.Say(NoticeLevel.Information, id is null
                ? $"No fault is in{(content.Elsewhere.Count > 0 ? " of a run on this host" : "")}, there is nothing to take back"
                : $"The fault '{id}' is taken back already, so there is nothing to take back");
            return ExitCode.Done;
        }

        var isLeft = false;
        List<string> complaints = [];
        await FrozenWatchers.EndAsync(call.Room.Ledger, content, outstanding);
        var faults = await call.Room.Reversal(by, complaints.Add).RevertAllAsync(outstanding);
        foreach (var fault in faults)
        {
            call.Say(fault.State == FaultState.Confirmed ? NoticeLevel.Information : NoticeLevel.Critical, Text(fault));
        }

        foreach (var found in remains)
        {
            var left = await found.EndAsync(TimeProvider.System);
            call.Say(left.IsEmpty ? NoticeLevel.Information : NoticeLevel.Critical, left.IsEmpty
                ? $"{found.Text}; they are ended"
                : $"{left.Text} and could not be ended: end them by hand");
            isLeft |= !left.IsEmpty;
        }

        try
        {
            Forget(call.Room, [.. faults, .. content.Faults.Where(
                fault => id is null && fault.State == FaultState.Confirmed && !LedgerContent.IsElsewhere(fault))]);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            complaints.Add(
                $"the ledger in {call.Room.Ledger.Folder} cannot be written, and goes on saying that what was taken back is in: {failure.Message}");
        }

        foreach (var complaint in complaints.Distinct())
        {
            call.Say(NoticeLevel.Critical, complaint);
        }

        foreach (var file in content.Damaged)
        {
            call.Say(
                NoticeLevel.Critical,
                $"{file.Path} {file.Problem.TrimEnd('.')}; it may be the undo of a fault{content.DamageOrigin}: take back by hand what it says, and move it away");
        }

        return isLeft || content.Damaged.Count > 0 || complaints.Count > 0 || faults.Any(fault => fault.State != FaultState.Confirmed)
            ? ExitCode.NeedsAPerson
            : ExitCode.Done;
    }

    // The records of a run that lives, stopped or not, are its own: they are the word that it accepts, and it tells in its journal what
    // became of them.
    private static void Forget(FaultRoom room, IReadOnlyList<FaultRecord> faults)
    {
        var now = room.Ledger.Read();
        foreach (var fault in faults.Where(fault => fault.State == FaultState.Confirmed
            && now.RunOf(fault) is not { IsRunnerAlive: true } and not { IsGuardianAlive: true }))
        {
            room.Ledger.Remove(fault.Id);
        }

        var left = room.Ledger.Read();
        foreach (var run in left.Damaged.Count > 0
            ? []
            : left.Runs.Where(run => run.IsDead && left.Faults.All(fault => fault.Run != run.Id) && RunRemains.Of(run).IsEmpty))
        {
            room.Ledger.RemoveRun(run.Id);
        }
    }

    private static string Text(FaultRecord fault) => fault.State == FaultState.Confirmed
        ? $"Fault {fault.Id} ({fault.Kind}) is taken back: {fault.Confirmation?.Text}"
        : $"Fault {fault.Id} ({fault.Kind}) could not be taken back: {fault.Problem?.TrimEnd('.')}; do it by hand: {fault.UndoText}";
}
