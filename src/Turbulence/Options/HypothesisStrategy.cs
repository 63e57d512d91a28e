namespace Turbulence.Options;

/// <summary>When the steady state is checked.</summary>
public enum HypothesisStrategy
{
    /// <summary>Before and after the method.</summary>
    Default,

    /// <summary>Before the method only.</summary>
    BeforeMethodOnly,

    /// <summary>After the method only.</summary>
    AfterMethodOnly,

    /// <summary>While the method plays only.</summary>
    DuringMethodOnly,

    /// <summary>Before, while and after.</summary>
    Continuously,

    /// <summary>Never.</summary>
    Skip,
}
