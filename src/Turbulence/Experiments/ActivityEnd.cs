using Turbulence.Documents;

namespace Turbulence.Experiments;

/// <summary>How an activity ended.</summary>
public enum ActivityEnd
{
    /// <summary>It was carried out; its output says with what result.</summary>
    Succeeded,

    /// <summary>It could not be carried out, in a way that its provider foresees (refused, timed out).</summary>
    Failed,

    /// <summary>
    /// It could not be carried out, in a way that the reference runner does not foresee (a malformed argument). The default
    /// mode treats it as failed; <see cref="Compatibility.ChaosToolkit"/> aborts the method.
    /// </summary>
    Crashed,

    /// <summary>It was carried out, and nothing was seen to change. The journal calls it failed, in the reference's words.</summary>
    WithoutEffect,

    /// <summary>
    /// It was carried out, and what it measured proves nothing, such as load whose generator was the bottleneck. The journal calls it
    /// failed, in the reference's words.
    /// </summary>
    Inconclusive,
}
