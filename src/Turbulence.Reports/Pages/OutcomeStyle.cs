namespace Turbulence.Reports.Pages;

/// <summary>
/// How an outcome of requests is drawn: those that were answered each in a colour of its own, those that were lost as crosses.
/// </summary>
/// <param name="Outcome">The outcome, in the journal's word.</param>
/// <param name="Style">
/// The class of what is drawn: <c>o0</c> to <c>o5</c> of answers, <c>x0</c> to <c>x5</c> of losses, <c>none</c>.
/// </param>
/// <param name="IsLost">Whether its requests are lost.</param>
internal readonly record struct OutcomeStyle(string Outcome, string Style, bool IsLost)
{
    private const int Colours = 6;

    private static readonly string[] Losses = ["error_status", "wrong_answer", "refused", "reset", "timed_out", "never_sent"];

    /// <summary>The styles of all outcomes of a load, in the load's order.</summary>
    public static IReadOnlyList<OutcomeStyle> Of(IEnumerable<string> outcomes)
    {
        List<OutcomeStyle> styles = [];
        var answers = 0;
        foreach (var outcome in outcomes)
        {
            var loss = Array.IndexOf(Losses, outcome);
            styles.Add(loss >= 0 ? new OutcomeStyle(outcome, $"x{loss}", true)
                : outcome is "cancelled" ? new OutcomeStyle(outcome, "none", false)
                : new OutcomeStyle(outcome, $"o{answers++ % Colours}", false));
        }

        return styles;
    }
}
