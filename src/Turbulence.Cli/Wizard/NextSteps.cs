using Turbulence.Load.Users;

namespace Turbulence.Cli.Wizard;

/// <summary>What somebody is told who has just made an experiment: what is in it, what is missing, and how it is run.</summary>
internal static class NextSteps
{
    /// <summary>The lines.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="path">Its file.</param>
    /// <param name="guessed">The URL that was put in because nobody said one; null for none.</param>
    public static IEnumerable<string> Of(ExperimentDraft experiment, string path, string? guessed)
    {
        yield return $"Experiment written to {path}: {Count(experiment.Probes.Count, "probe")} of the steady state, "
            + $"{Count(experiment.Method.Count, "activity", "activities")} in the method, {Count(experiment.Rollbacks.Count, "rollback")}";
        if (guessed is not null)
        {
            yield return $"The steady state asks {guessed} for the status 200, which is a guess: --url says what to ask";
        }
        else if (experiment.Probes.Count == 0)
        {
            yield return "There is no steady state, so a run cannot tell whether the system stays well: --url or --probe says how to see it";
        }

        if (experiment.Method.Count == 0)
        {
            yield return "The method is empty, so a run changes nothing: --fault or --action says what is done to the system";
        }
        else if (experiment.Rollbacks.Count == 0 && experiment.Method.Any(static activity => activity is { Type: "action", ProviderType: not ("fault" or "load") }))
        {
            yield return "Nothing is put back after the method: --rollback 'COMMAND' says how";
        }

        if (experiment.Users is { } users)
        {
            yield return $"Users through the whole run: {UserBlock.Words(users)}; without a tolerance they decide nothing";
        }
        else if (experiment.Method.Count > 0 && experiment.AskedUrl is { } asked)
        {
            yield return $"Nobody uses the system meanwhile: --users {Quoted($"{asked}@10")} sends requests through the whole run and says what they felt";
        }

        yield return $"Look at it, change it, and run it: chaos run {Quoted(path)}";
    }

    private static string Count(int count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{count} {many ?? one + "s"}";

    private static string Quoted(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"'{path}'" : path;
}
