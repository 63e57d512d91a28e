namespace Turbulence.Faults.Contracts;

/// <summary>The hidden verb of <c>chaos</c> that makes it a guardian: <c>chaos guard RUN</c>.</summary>
internal static class GuardianVerb
{
    /// <summary>The verb.</summary>
    public const string Name = "guard";
}
