using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Sessions;

/// <summary>
/// The tools of one step. When the step is given up, what it would still write down is refused: what stands in the record is then somebody
/// else's to say.
/// </summary>
internal sealed class StepTools
{
    private readonly Lock gate = new();
    private readonly FaultTools tools;
    private bool isClosed;

    /// <summary>Makes the tools of one step.</summary>
    /// <param name="tools">What they are made of.</param>
    /// <param name="progress">Told that the step goes on.</param>
    public StepTools(FaultTools tools, Action progress)
    {
        this.tools = tools;
        Open = new FaultTools(tools.Time, tools.Self, Save) { Progress = progress };
    }

    /// <summary>What the step is handed.</summary>
    public FaultTools Open { get; }

    /// <summary>From here on nothing is written down any more; what is being written just now is waited for.</summary>
    public void Close()
    {
        lock (gate)
        {
            isClosed = true;
        }
    }

    private ValueTask Save(JsonObject undo)
    {
        lock (gate)
        {
            return isClosed ? throw new OperationCanceledException("The step was given up.") : tools.SaveAsync(undo);
        }
    }
}
