using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// All that a guardian needs in order to take a run's faults back, in its memory: it came through the pipe, and no disk is asked for it.
/// </summary>
internal sealed class GuardedRun
{
    private readonly OrderedDictionary<string, FaultRecord> faults = [];

    /// <summary>The run; null before its record came.</summary>
    public RunRecord? Record { get; private set; }

    /// <summary>The faults, as their runner told them last, in the order in which they were planned.</summary>
    public IReadOnlyList<FaultRecord> Faults => [.. faults.Values];

    /// <summary>How many records came.</summary>
    public long Count { get; private set; }

    /// <summary>Whether a fault may be in.</summary>
    public bool HasOutstanding => faults.Values.Any(fault => fault.State != FaultState.Confirmed);

    /// <summary>Takes what came.</summary>
    /// <exception cref="InvalidDataException">It is not a record of this program.</exception>
    public void Take(PipeFrame frame)
    {
        string? problem = null;
        if (frame.Kind == PipeFrame.Run && RunRecordJson.TryRead(frame.Content, out var run, out problem))
        {
            Record = run;
        }
        else if (frame.Kind == PipeFrame.Fault && FaultRecordJson.TryRead(frame.Content, out var fault, out problem))
        {
            faults[fault.Id] = fault;
        }
        else
        {
            if (frame.Kind != PipeFrame.Beat)
            {
                throw new InvalidDataException(
                    $"what the runner sent (a frame '{(char)frame.Kind}') {problem ?? "is not known to this program"}");
            }

            return;
        }

        Count++;
    }
}
