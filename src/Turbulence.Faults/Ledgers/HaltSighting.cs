namespace Turbulence.Faults.Ledgers;

/// <summary>That every run on this machine has to stop, or that nobody can tell whether.</summary>
/// <param name="Reason">Why, in one line.</param>
/// <param name="Advice">What lets runs start again, in one line.</param>
public sealed record HaltSighting(string Reason, string Advice)
{
    /// <summary>Both, in one line.</summary>
    public override string ToString() => $"{Reason}; {Advice}";
}
