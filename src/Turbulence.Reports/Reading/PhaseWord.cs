using Turbulence.Interruptions;

namespace Turbulence.Reports.Reading;

/// <summary>The stages of a run in the journal's words.</summary>
internal static class PhaseWord
{
    /// <summary>The stage of a word; null for a word that is none.</summary>
    public static RunPhase? Parse(string? word) => word switch
    {
        "gate" => RunPhase.Gate,
        "during" => RunPhase.During,
        "method" => RunPhase.Method,
        "after" => RunPhase.After,
        "rollbacks" => RunPhase.Rollbacks,
        "closing" => RunPhase.Closing,
        _ => null,
    };
}
