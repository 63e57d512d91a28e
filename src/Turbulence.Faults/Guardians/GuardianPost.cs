using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Faults.Sessions;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// Keeps one guardian alive for a run: starts it before the first fault, another one when it has died, was stopped or does not answer, and
/// lets it go at the end.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="run">The run.</param>
/// <param name="self">The command line that starts <c>chaos</c>; empty where there is none.</param>
/// <param name="time">Measures how long a guardian takes to start.</param>
internal sealed class GuardianPost(Ledger ledger, RunRecord run, IReadOnlyList<string> self, TimeProvider time) : IGuardianPost
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    // Never disposed: whoever waits for it then would wait for ever, cancelled or not.
    private readonly SemaphoreSlim gate = new(1);
    private readonly CancellationTokenSource ended = new();
    private readonly Lock noting = new();
    private readonly OrderedDictionary<string, FaultRecord> faults = [];
    private RunRecord run = run;
    private GuardianLink? link;
    private string? loss;
    private long last;

    /// <inheritdoc/>
    public ProcessIdentity? Guardian => link?.Guardian;

    /// <inheritdoc/>
    public string? Loss => link?.Loss ?? loss;

    /// <inheritdoc/>
    public void Note(FaultRecord fault)
    {
        lock (noting)
        {
            faults[fault.Id] = fault;
            Send(PipeFrame.Fault, FaultRecordJson.Write(fault));
        }
    }

    /// <inheritdoc/>
    public void Note(RunRecord run)
    {
        lock (noting)
        {
            this.run = run with { Guardian = this.run.Guardian };
            Send(PipeFrame.Run, RunRecordJson.Write(this.run));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string?> EnsureAsync(CancellationToken cancellationToken)
    {
        if (await KnowsAllAsync(cancellationToken))
        {
            return null;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            // Nobody is guarded any more, and nobody is to be told that for trouble.
            ended.Token.ThrowIfCancellationRequested();
            if (await KnowsAllAsync(cancellationToken))
            {
                return null;
            }

            // A guardian that takes the faults over is not to be disturbed.
            return Loss is { } early ? $"it has taken the faults over: {early}"
                : await DismissAsync() is { } late ? $"it has taken the faults over: {late}"
                : await StartAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Tells the guardian that the run has come to its end, and waits until it is gone.</summary>
    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        try
        {
            await ended.CancelAsync();
            if (link is { } leaving)
            {
                await leaving.EndInOrderAsync(EndPatience);
                await DismissAsync();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask<bool> KnowsAllAsync(CancellationToken cancellationToken)
    {
        GuardianLink? now;
        long number;
        lock (noting)
        {
            (now, number) = (link, last);
        }

        return now is { IsOnWatch: true, Loss: null } && await now.KnowsAsync(number, cancellationToken);
    }

    private async Task<string?> StartAsync(CancellationToken cancellationToken)
    {
        if (self.Count == 0)
        {
            return "there is no program 'chaos' that could be one: $TURBULENCE_CHAOS names none, none is beside this program, and none is on PATH";
        }

        var options = new ProcessStartOptions
        {
            FileName = self[0],
            Arguments = [.. self.Skip(1), GuardianVerb.Name, run.Id],
            WorkingDirectory = Path.GetPathRoot(ledger.Folder),
            Environment = Variables(),
            StandardInput = ChildInput.Stream,
            StandardOutput = ChildOutput.Stream,

            // Where the ledger and the journal cannot be written, this is the only place left to complain at.
            StandardError = ChildOutput.Inherit,
        };
        var (started, problem) = await GuardianLink.StartAsync(options, time, cancellationToken);
        if (started is null)
        {
            return problem;
        }

        lock (noting)
        {
            link = started;
            run = run with { Guardian = started.Guardian };
            Send(PipeFrame.Run, RunRecordJson.Write(run));
            foreach (var fault in faults.Values)
            {
                Send(PipeFrame.Fault, FaultRecordJson.Write(fault));
            }
        }

        if (!await KnowsAllAsync(cancellationToken))
        {
            return "it was lost as soon as it was on watch";
        }

        return Entered();
    }

    // With faults in, the ledger is only the second copy: what matters is that the guardian is there. The first fault is not put in without
    // it.
    private string? Entered()
    {
        try
        {
            ledger.SaveRun(run);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return faults.Count > 0 ? null : $"the ledger in {ledger.Folder} cannot be written: {failure.Message}";
        }
    }

    private void Send(byte kind, byte[] record)
    {
        if (link is { } there)
        {
            last = there.Send(kind, record);
        }
    }

    /// <summary>Ends a guardian that is no use any more.</summary>
    /// <returns>Why it has taken the faults over; null where it has not.</returns>
    private async Task<string?> DismissAsync()
    {
        GuardianLink? leaving;
        lock (noting)
        {
            (leaving, link, last) = (link, null, 0);
        }

        if (leaving is not null)
        {
            await leaving.DisposeAsync();
            loss ??= leaving.Loss;
        }

        return loss;
    }

    private Dictionary<string, string> Variables()
    {
        var variables = SelfEnvironment.Of();
        variables[StateFolder.Variable] = ledger.Folder;
        return variables;
    }
}
