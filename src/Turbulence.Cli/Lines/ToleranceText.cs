using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>Says why a probe is not within its tolerance.</summary>
internal static class ToleranceText
{
    /// <summary>What was expected and what came, in one line.</summary>
    /// <param name="run">The probe; it is not within its tolerance.</param>
    public static string Of(ActivityRun run) => run.Tolerance switch
    {
        null when run.Message is { } message => $"expected an answer, got a failure: {message}",
        null => "expected an answer, got none",
        { Explanation: { } explanation } outcome =>
            $"expected {outcome.Rule} {outcome.Expected}, got {outcome.Actual}, which could not be compared: {explanation}",
        { } outcome => $"expected {outcome.Rule} {outcome.Expected}, got {outcome.Actual}",
    };
}
