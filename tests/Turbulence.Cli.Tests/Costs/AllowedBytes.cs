using System.Globalization;
using System.Runtime.CompilerServices;

namespace Turbulence.Cli.Tests.Costs;

/// <summary>What <c>benchmarks/allocations.txt</c> allows.</summary>
internal static class AllowedBytes
{
    /// <summary>The bytes under a name.</summary>
    public static long For(string name, [CallerFilePath] string here = "") =>
        long.Parse(
            File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "benchmarks", "allocations.txt"))
                .Single(line => line.StartsWith(name + ' ', StringComparison.Ordinal))[(name.Length + 1)..],
            CultureInfo.InvariantCulture);
}
