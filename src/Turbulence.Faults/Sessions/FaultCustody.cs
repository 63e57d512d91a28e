using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Sessions;

/// <summary>
/// The records of a run's faults, held in memory: what counts. The guardian knows each as it is here, and what stands on disk is the second
/// copy, for others; what is damaged there is written anew.
/// </summary>
/// <param name="ledger">The disk's copy.</param>
/// <param name="guardian">Told of each record.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Told of each step of each fault, on whatever thread.</param>
internal sealed class FaultCustody(Ledger ledger, IGuardianPost guardian, TimeProvider time, Action<FaultRecord> report)
{
    private readonly Lock gate = new();
    private readonly List<FaultRecord> faults = [];
    private readonly List<string> complaints = [];

    /// <summary>The faults as they were seen last, in the order in which they were planned.</summary>
    public IReadOnlyList<FaultRecord> Faults
    {
        get
        {
            lock (gate)
            {
                return [.. faults];
            }
        }
    }

    /// <summary>What the ledger did not do, one line each.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (gate)
            {
                return [.. complaints];
            }
        }
    }

    /// <summary>One fault; null for one that is not of this run.</summary>
    public FaultRecord? Find(string id)
    {
        lock (gate)
        {
            return faults.Find(fault => fault.Id == id);
        }
    }

    /// <summary>
    /// Returns when the record is on disk and in the guardian's memory: whichever of the two is left takes the fault back.
    /// </summary>
    /// <exception cref="UnguardedException">There is no guardian any more.</exception>
    /// <exception cref="IOException">It cannot be written.</exception>
    public async Task<FaultRecord> SaveAsync(FaultRecord record, CancellationToken cancellationToken)
    {
        guardian.Note(record);
        if (await guardian.EnsureAsync(cancellationToken) is { } unguarded)
        {
            throw new UnguardedException(unguarded);
        }

        ledger.Save(record);
        Take(record);
        return record;
    }

    /// <summary>Takes note of a step that a fault has gone.</summary>
    public void Take(FaultRecord record)
    {
        lock (gate)
        {
            var place = faults.FindIndex(fault => fault.Id == record.Id);
            if (place < 0)
            {
                faults.Add(record);
            }
            else
            {
                faults[place] = record;
            }

            guardian.Note(record);
        }

        report(record);
    }

    /// <summary>Takes note of what the ledger did not do.</summary>
    public void Complain(string text)
    {
        lock (gate)
        {
            if (!complaints.Contains(text))
            {
                complaints.Add(text);
            }
        }
    }

    /// <summary>
    /// Looks how the faults that are in stand in the ledger: takes note of what somebody else took back, and writes anew what was damaged
    /// or removed there.
    /// </summary>
    /// <param name="reversal">Says which word of somebody else is one.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task TendAsync(FaultReversal reversal, CancellationToken cancellationToken)
    {
        foreach (var fault in Faults.Where(fault => fault.State == FaultState.Active))
        {
            using var mine = await ledger.LockAsync(fault.Id, TimeSpan.Zero, time, cancellationToken);
            if (mine is null || Find(fault.Id) is not { State: FaultState.Active } now)
            {
                continue;
            }

            var sighting = ledger.Look(now.Id);
            if (sighting.Record is { } found && found.State == FaultState.Active)
            {
                continue;
            }

            if (reversal.Latest(now) is { State: > FaultState.Active } further)
            {
                Take(further);
            }
            else
            {
                Restore(now);
            }
        }
    }

    private void Restore(FaultRecord record)
    {
        try
        {
            if (ledger.Prepare() is { } problem)
            {
                Complain(problem);
                return;
            }

            ledger.Save(record);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Complain($"the ledger in {ledger.Folder} cannot be written: {failure.Message}");
        }
    }
}
