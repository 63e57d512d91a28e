namespace Turbulence.Faults.Contracts;

/// <summary>The hidden verb of <c>chaos</c> that makes it a guardian: <c>chaos guard RUN</c>.</summary>
public static class GuardianVerb
{
    /// <summary>The verb.</summary>
    public const string Name = "guard";
}
