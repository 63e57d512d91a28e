namespace Turbulence.Runs.Requests;

/// <summary>Nothing was run, and nothing was injected.</summary>
/// <param name="refusal">Why.</param>
public sealed class RunRefusedException(RunRefusal refusal) : InvalidOperationException(refusal.Text)
{
    /// <summary>Why.</summary>
    public RunRefusal Refusal { get; } = refusal;
}
