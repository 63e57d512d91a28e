namespace Turbulence.Options;

/// <summary>The strategies' names in files and on the command line.</summary>
public static class RollbackStrategyName
{
    /// <summary>
    /// The strategy that <paramref name="name"/> names. Validation refuses every other word. Unvalidated, it means the default: no word may
    /// silently switch rollbacks off.
    /// </summary>
    public static RollbackStrategy Parse(string? name) => name switch
    {
        "always" => RollbackStrategy.Always,
        "never" => RollbackStrategy.Never,
        "deviated" => RollbackStrategy.Deviated,
        _ => RollbackStrategy.Default,
    };
}
