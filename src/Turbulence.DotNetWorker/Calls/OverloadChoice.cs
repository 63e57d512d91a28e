using System.Text.Json;

namespace Turbulence.DotNetWorker.Calls;

/// <summary>Chooses the overload that arguments are for: by their names, then by what their values are.</summary>
internal static class OverloadChoice
{
    /// <summary>Chooses.</summary>
    /// <param name="methods">The overloads, at least one.</param>
    /// <param name="arguments">The arguments by name.</param>
    /// <param name="activity">The activity's name, for texts.</param>
    /// <param name="planned">Whether placeholders are not replaced yet.</param>
    /// <param name="problems">What is wrong where none is chosen.</param>
    public static ArgumentAttempt? Choose(
        CallableMethod[] methods,
        JsonElement arguments,
        string activity,
        bool planned,
        out IReadOnlyList<ArgumentProblem> problems)
    {
        if (methods.Length == 1)
        {
            var only = ArgumentAttempt.Of(methods[0], arguments, activity, planned);
            problems = only.Problems;
            return problems.Count == 0 ? only : null;
        }

        return ChooseOf([.. methods.Select(method => ArgumentAttempt.Of(method, arguments, activity, planned))], planned, out problems);
    }

    private static ArgumentAttempt? ChooseOf(ArgumentAttempt[] attempts, bool planned, out IReadOnlyList<ArgumentProblem> problems)
    {
        ArgumentAttempt[] fitting = [.. attempts.Where(attempt => attempt.Problems.Count == 0).OrderBy(Order)];
        if (fitting.Length == 0)
        {
            problems = Nearest(attempts);
            return null;
        }

        // What a placeholder becomes may decide; so a tie is no problem yet.
        if (fitting.Length == 1 || planned || Order(fitting[0]) != Order(fitting[1]))
        {
            problems = [];
            return fitting[0];
        }

        var same = string.Join(", ", fitting.TakeWhile(attempt => Order(attempt) == Order(fitting[0])).Select(attempt => attempt.Method));
        problems = [new(null, $"the arguments fit several methods equally well: {same}")];
        return null;
    }

    /// <summary>The types first, then the fewest defaults; of two that differ in what is supplied, the one that is given more.</summary>
    private static (int Distance, int Omitted, int Supplied) Order(ArgumentAttempt attempt) =>
        (attempt.Distance, attempt.Omitted, -attempt.Method.Parameters.Count(parameter => parameter.Kind != ParameterKind.Argument));

    private static IReadOnlyList<ArgumentProblem> Nearest(ArgumentAttempt[] attempts)
    {
        var nearest = attempts.MinBy(attempt => attempt.Problems.Count)!;
        var candidates = string.Join(", ", attempts.Select(attempt => attempt.Method));
        return [.. nearest.Problems.Select(problem => problem with { Text = $"{problem.Text} (its overloads are {candidates})" })];
    }
}
