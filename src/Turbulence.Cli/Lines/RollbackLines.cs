using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>What is said when the rollbacks are decided.</summary>
internal static class RollbackLines
{
    /// <summary>
    /// The lines of <paramref name="decided"/>. The reference is silent where its default strategy plays nothing; people are
    /// told why here, since a fault may still be in.
    /// </summary>
    public static IEnumerable<Line> Of(RollbacksDecided decided)
    {
        if (decided.Announced is { } announced)
        {
            yield return Line.Warning(announced);
        }

        if (decided.Played)
        {
            yield return Line.Info("Let's rollback...");
            if (decided.Activities == 0)
            {
                yield return Line.Info("No declared rollbacks, let's move on.");
            }
        }
        else if (decided.Announced is null && decided.Activities > 0)
        {
            yield return Line.Warning($"Rollbacks are not played: {decided.Reason}");
        }
    }
}
