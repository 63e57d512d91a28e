using System.Globalization;

namespace Turbulence.Testing.Seeds;

/// <summary>What every random choice of a test comes from.</summary>
internal static class TestSeed
{
    /// <summary>The variable of the environment that names it.</summary>
    public const string Variable = "TURBULENCE_SEED";

    /// <summary>The seed that is given, else the one that the variable names, else another one.</summary>
    /// <exception cref="FormatException">The variable is no whole number.</exception>
    public static int Choose(int? given) => given
        ?? (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text ? new Random().Next()
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed
        : throw new FormatException($"{Variable} must be a whole number from 0 to {int.MaxValue}, not '{text}'"));

    /// <summary>How the same choices are made again, for people.</summary>
    public static string Again(int seed) =>
        string.Create(CultureInfo.InvariantCulture, $"{Variable}={seed} makes the same random choices");
}
