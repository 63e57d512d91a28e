namespace HostileExtension;

/// <summary>What a method returns and nobody can look at.</summary>
public sealed class Thrower
{
    /// <summary>Ends whoever reads it.</summary>
    public string Value => throw new InvalidOperationException("looked at");
}
