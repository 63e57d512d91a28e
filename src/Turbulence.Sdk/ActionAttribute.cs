namespace Turbulence.Sdk;

/// <summary>
/// Marks a public static method as an action: it changes the system. An experiment can call a method without it; the attribute puts the
/// method into what <c>chaos discover</c> lists.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ActionAttribute : Attribute
{
    /// <summary>What the action does, for people. Default, null: the summary of the method's documentation.</summary>
    public string? Description { get; init; }
}
