using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Targets;

/// <summary>What a step with much to do looks at with each piece of it: whether it is told to end; and tells, that it goes on.</summary>
/// <param name="tools">The step's tools.</param>
/// <param name="cancellationToken">Ends the step.</param>
internal readonly struct StepPace(FaultTools tools, CancellationToken cancellationToken)
{
    /// <summary>Called before each piece.</summary>
    /// <exception cref="OperationCanceledException">The step was told to end.</exception>
    public void Next()
    {
        cancellationToken.ThrowIfCancellationRequested();
        tools.GoesOn();
    }
}
