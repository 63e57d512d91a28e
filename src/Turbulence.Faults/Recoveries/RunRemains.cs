using System.Globalization;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;
using Turbulence.Services;

namespace Turbulence.Faults.Recoveries;

/// <summary>
/// The processes that a dead run has left running: its services, and whatever else it started. They are known by the mark in their
/// environment.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Processes">The processes.</param>
public sealed record RunRemains(RunRecord Run, IReadOnlyList<ProcessStatus> Processes)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether nothing of the run is left.</summary>
    public bool IsEmpty => Processes.Count == 0;

    /// <summary>What is left, in one line without its end.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"the run '{Run.Title}' ({Run.Runner.Text}) is dead and left running: {string.Join(", ", Processes.Select(process => string.Create(CultureInfo.InvariantCulture, $"process {process.Id} ({process.Name})")))}");

    /// <summary>
    /// What is left of the runs that are dead and that nobody looks after. It costs a look at every process where there is such a run with
    /// services, and else nothing.
    /// </summary>
    public static IReadOnlyList<RunRemains> Abandoned(LedgerContent content) =>
        [.. content.Runs.Where(run => !run.IsRunnerAlive && !run.IsAttended).Select(Of).Where(remains => !remains.IsEmpty)];

    /// <summary>
    /// What a run has started and still runs, but for its runner, its guardians, this process, and whatever has the port of a service that
    /// the run had only adopted, with the session that it is in.
    /// </summary>
    public static RunRemains Of(RunRecord run)
    {
        if (run.Mark is not { } mark || run.Runner.Local is not { } runner)
        {
            return new RunRemains(run, []);
        }

        ProcessStatus[] marked =
        [
            .. ProcessTable.List().Where(process => process.IsAlive && process.Id != Environment.ProcessId && process.Identity != runner
                && RunMark.IsOf(process.Id, mark)
                && !(ProcessTable.CommandLine(process.Id) is [.., GuardianVerb.Name, var guarded] && guarded == run.Id)),
        ];
        var holders = marked.Length == 0 ? [] : run.Spared.SelectMany(ListeningProcess.Find).Select(holder => holder.Id).ToHashSet();
        var sessions = marked.Where(process => holders.Contains(process.Id)).Select(process => process.SessionId).ToHashSet();
        return new RunRemains(run, [.. marked.Where(process => !sessions.Contains(process.SessionId))]);
    }

    /// <summary>Ends them: each is asked to, and killed when it does not within five seconds.</summary>
    /// <returns>What still runs.</returns>
    public async Task<RunRemains> EndAsync(TimeProvider time)
    {
        await Task.WhenAll(Processes.Select(process => EndAsync(process.Identity, time)));

        // What was started meanwhile by one of them.
        await Task.WhenAll(Of(Run).Processes.Select(process => EndAsync(process.Identity, time)));
        return Of(Run);
    }

    private static async Task EndAsync(ProcessIdentity identity, TimeProvider time)
    {
        if (!ProcessHandle.TryOpen(identity, out var handle, out _))
        {
            return;
        }

        using (handle)
        {
            handle.Signal(PosixSignalNumber.Terminate);
            if (!await WaitAsync(handle, time))
            {
                handle.Signal(PosixSignalNumber.Kill);
                await WaitAsync(handle, time);
            }
        }
    }

    private static async Task<bool> WaitAsync(ProcessHandle handle, TimeProvider time)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        try
        {
            await handle.WaitForExitAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
