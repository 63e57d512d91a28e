using System.Globalization;
using FaultRunner;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>The points at which something dies, one after the other.</summary>
internal static class CrashPoints
{
    /// <summary>All kinds of faults that have points.</summary>
    public static FaultKinds Kinds { get; } = new([.. FaultKinds.BuiltIn.All, new FileKind()]);

    /// <summary>Plays at each point, counted from 1, until nobody died any more.</summary>
    /// <param name="kind">The kind of fault: of those that come with the program only every so many points, see <c>CRASH_STRIDE</c>.</param>
    /// <param name="play">Plays, and says whether somebody died.</param>
    /// <returns>How many points there were.</returns>
    public static async Task<int> EachAsync(string kind, Func<int, Task<bool>> play)
    {
        var stride = kind.StartsWith("test.", StringComparison.Ordinal) ? 1
            : int.TryParse(Environment.GetEnvironmentVariable("CRASH_STRIDE"), CultureInfo.InvariantCulture, out var asked) ? asked
            : 7;
        var covered = 0;
        for (var point = 1; await play(point); point += stride)
        {
            covered++;
        }

        return covered;
    }

    /// <summary>Asserts that nothing is left of the fault.</summary>
    public static void ExpectNoResidue(Scenario scenario, int point)
    {
        var residue = scenario.Residue();
        Assert.True(residue is null, $"point {point}: {residue}; {scenario.Story()}");
    }

    /// <summary>Says how many points there were.</summary>
    public static void Tell(string kind, string what, int points)
    {
        Assert.True(points > 0);
        TestContext.Current.SendDiagnosticMessage($"CRASH POINTS {kind}, {what}: {points}");
    }
}
