namespace Turbulence.Proxy;

/// <summary>A proxy or a toxic could not be made, changed or found; nothing was changed.</summary>
/// <param name="problem">Why.</param>
/// <param name="message">Why, in one line.</param>
/// <param name="inner">What the system said.</param>
public sealed class ProxyException(ProxyProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public ProxyProblem Problem { get; } = problem;
}
