using System.CommandLine;
using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Plans;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Recoveries;
using Turbulence.Journals;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// <c>chaos faults list</c>: what is in, on this machine and by this user. The exit code is 5 where a person is needed: nobody looks after
/// a fault any more, a dead run has left processes running, or a file cannot be read; and 0 otherwise, also while a run has its faults in.
/// </summary>
internal static class FaultsListVerb
{
    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var json = Choice.Flag("--json", "Write JSON, for programs.");
        var verb = new Command("list", "List the faults that are in. The exit code is 5 where nobody looks after one.") { json };
        verb.SetAction((parsed, _) =>
            FaultCall.InvokeAsync(globals.Read(parsed), around, call => Task.FromResult(List(call, parsed.GetValue(json), around))));
        return verb;
    }

    private static int List(FaultCall call, bool json, Surroundings around)
    {
        var content = call.Room.Ledger.Read();
        FaultRecord[] outstanding = [.. content.Faults.Where(fault => fault.State != FaultState.Confirmed)];
        if (json)
        {
            around.Out.WriteLine(JsonText.Indented(
                new JsonArray([.. outstanding.Select(fault => OutstandingFaultJson.Of(fault, content))])));
        }
        else if (outstanding.Length == 0)
        {
            around.Out.WriteLine(content.Damaged.Count == 0
                ? "No fault is in."
                : "No fault is in that can be read; what cannot be read may be one.");
        }

        foreach (var fault in json ? [] : outstanding)
        {
            around.Out.WriteLine(
                PrintableText.OneLine($"{fault.Id}  {fault.Kind}  {State(fault, around.Time.GetUtcNow())}  {Targets(fault)}"));
            around.Out.WriteLine(PrintableText.OneLine($"    of {RunOf(fault, content)}"));
            around.Out.WriteLine(PrintableText.OneLine($"    undo: {fault.UndoText}"));
            if (fault.Problem is { } problem)
            {
                around.Out.WriteLine(PrintableText.OneLine($"    problem: {problem}"));
            }
        }

        var remains = RunRemains.Abandoned(content);
        foreach (var left in remains)
        {
            call.Say(NoticeLevel.Error, $"{left.Text}; 'chaos faults revert --all' ends them, and so does the next run");
        }

        foreach (var file in content.Damaged)
        {
            call.Say(
                NoticeLevel.Error,
                $"{file.Path} {file.Problem.TrimEnd('.')}; it may be the undo of a fault{content.DamageOrigin}: look at it, and move it away");
        }

        if (call.Room.Ledger.Halted is { } halted)
        {
            call.Say(NoticeLevel.Warning, $"No run can start: {halted}");
        }

        return content.Damaged.Count > 0 || remains.Count > 0 || content.Abandoned.Count > 0 ? ExitCode.NeedsAPerson : ExitCode.Done;
    }

    private static string Targets(FaultRecord fault) => string.Join(", ", fault.Targets.Select(target => target.Text));

    private static string State(FaultRecord fault, DateTimeOffset now) =>
        fault.State.ToString().ToLowerInvariant() + DueText.Of(fault.Due, now);

    private static string RunOf(FaultRecord fault, LedgerContent content)
    {
        var name = content.RunOf(fault) is { } run
            ? $"the run '{run.Title}' ({run.Runner.Text})"
            : $"a run{(LedgerContent.IsElsewhere(fault) ? "" : " that is gone")} ({fault.Runner.Text})";
        var why = content.RunOf(fault) is { } known && (known.IsRunnerAlive || known.IsGuardianAlive)
            ? "is stopped, and so nobody looks after it"
            : "is dead";
        return content.IsAttended(fault) ? name : $"{name}, which {why}: 'chaos faults revert {fault.Id}' takes it back";
    }
}
