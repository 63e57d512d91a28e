using FaultRunner;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>The points at which something dies, one after the other.</summary>
/// <remarks>
/// Where all tests run (<see cref="Share"/>) it is every point, or every so many (<see cref="Scenario.StepOf"/>), another first for each kind;
/// else it is one of them, another for each kind. <c>CRASH_REPORT</c> may name
/// a file that is told how many points there were.
/// </remarks>
internal static class CrashPoints
{
    private static readonly Lock Gate = new();

    /// <summary>All kinds of faults that have points.</summary>
    public static FaultKinds Kinds { get; } = new([.. BuiltInKinds.All.All, new FileKind()]);

    // Every way has more points than that.
    private const int Fewest = 7;

    /// <summary>Plays at each point, counted from 1, until nobody died any more.</summary>
    /// <param name="kind">The kind of fault: by default it is played at one point alone, and which one that is depends on the kind.</param>
    /// <param name="play">Plays, and says whether somebody died.</param>
    /// <returns>How many points there were.</returns>
    public static async Task<int> EachAsync(string kind, Func<int, Task<bool>> play)
    {
        if (!Share.IsAll)
        {
            return await play(1 + (Scenario.Names.ToList().IndexOf(kind) % Fewest)) ? 1 : 0;
        }

        var covered = 0;
        var step = Scenario.StepOf(kind);
        for (var point = 1 + (Scenario.Names.ToList().IndexOf(kind) % step); await play(point); point += step)
        {
            covered++;
        }

        return covered;
    }

    /// <summary>Plays at every so many points, until one is not reached any more; by default at one of them alone.</summary>
    /// <param name="every">How many points to go on by.</param>
    /// <param name="number">Another for each case, so that together they meet all points.</param>
    /// <param name="play">Plays, and says whether the point was reached.</param>
    /// <returns>How many points there were.</returns>
    public static async Task<int> EachAsync(int every, int number, Func<int, Task<bool>> play)
    {
        var covered = 0;
        for (var point = 1 + (number % (Share.IsAll ? every : 23)); await play(point); point += every)
        {
            covered++;
            if (!Share.IsAll)
            {
                break;
            }
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
        var line = $"{kind}, {what}: {points}";
        TestContext.Current.SendDiagnosticMessage($"CRASH POINTS {line}");
        if (Environment.GetEnvironmentVariable("CRASH_REPORT") is { Length: > 0 } report)
        {
            lock (Gate)
            {
                File.AppendAllText(report, line + "\n");
            }
        }
    }
}
