
namespace Turbulence.Events;

/// <summary>
/// Listens to a run. Events are the only way out of the runner, and nothing comes back: an observer that throws is told
/// nothing more, and the run goes on.
/// </summary>
public interface IRunObserver
{
    /// <summary>Takes one event. Events come one at a time, in the order in which they happened, on whatever thread.</summary>
    /// <param name="happened">What happened.</param>
    void On(RunEvent happened);
}
