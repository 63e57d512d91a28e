namespace Turbulence.Sdk;

/// <summary>
/// Marks a public static method as a probe: it looks at the system and changes nothing. An experiment can call a method without it; the
/// attribute puts the method into what <c>chaos discover</c> lists.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ProbeAttribute : Attribute
{
    /// <summary>What the probe looks at, for people. Default, null: the summary of the method's documentation.</summary>
    public string? Description { get; init; }
}
