using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Activities;

/// <summary>Everything that a provider needs to carry out one activity.</summary>
/// <param name="activity">The activity, its references followed.</param>
/// <param name="values">Configuration and secrets to substitute from.</param>
public sealed class ActivityCall(Activity activity, ResolvedValues values)
{
    /// <summary>The activity, its references followed.</summary>
    public Activity Activity { get; } = activity;

    /// <summary>Configuration and secrets to substitute from.</summary>
    public ResolvedValues Values { get; } = values;

    /// <summary>Finds the secrets of the run. Default: those among the values.</summary>
    public SecretMask Secrets { get => field ??= SecretMask.For(Values); init; }

    /// <summary>Whether the stage goes on meanwhile. Default: it waits.</summary>
    public bool Background { get; init; }

    /// <summary>Whose rules apply where the two differ. Default: ours.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary>Measures time limits. Default: the system's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Its turn to make a large output a result. Default: nobody else is there.</summary>
    public OutputTurn Turn { get; init; } = new(null, TimeProvider.System);

    /// <summary>
    /// Where random choices of this activity begin, by the run's seed and the activity's number: the same seed makes the same choices.
    /// Default: 0.
    /// </summary>
    public int Seed { get; init; }

    /// <summary>
    /// The trace and the span of the activity, for the header <c>traceparent</c> of what it sends. Default: null, nobody traces the run.
    /// </summary>
    public string? Trace { get; init; }

    /// <summary>
    /// Receives how far the activity is, as aggregates, small; as often as the provider likes, from any thread. It is handed over: nobody
    /// changes it afterwards. Default: nobody listens.
    /// </summary>
    public Action<JsonObject> Progress { get; init; } = static _ => { };

    /// <summary>
    /// Makes a file beside the journal for raw samples, see <see cref="SideFiles.Open"/>; the name is its end. The provider disposes of it
    /// before it returns, and names it in its output. Default: nothing is kept.
    /// </summary>
    public Func<string, SideFile> OpenSideFile { get; init; } = static name => SideFiles.None.Open(0, name);

    /// <summary>Receives a warning for people; the activity goes on. Default: nobody listens.</summary>
    public Action<string> Warn { get; init; } = static _ => { };

    /// <summary>Receives a line for people that foreign code printed or logged. Default: nobody listens.</summary>
    public Action<NoticeLevel, string> Say { get; init; } = static (_, _) => { };

    /// <summary>
    /// Replaces the placeholders of <paramref name="template"/>. A placeholder without a value is an error in the default
    /// mode and stays as it is, with a warning, in compatibility mode.
    /// </summary>
    /// <param name="template">Any JSON value; it is not changed.</param>
    /// <param name="value">The value to use.</param>
    /// <param name="failure">The result to return instead of carrying the activity out; null when all is well.</param>
    /// <returns>Whether to go on.</returns>
    public bool TrySubstitute(JsonNode? template, out JsonNode? value, [NotNullWhen(false)] out ActivityResult? failure)
    {
        var unresolved = new List<string>();
        value = Substitution.Apply(template, Values, unresolved);
        failure = null;
        if (unresolved.Count == 0)
        {
            return true;
        }

        var names = string.Join(", ", unresolved.Distinct().Select(name => $"${{{name}}}"));
        if (Compatibility == Compatibility.ChaosToolkit)
        {
            Warn($"{names} has no value in the configuration or the secrets and stays as it is");
            return true;
        }

        failure = ActivityResult.Failed($"{names} has no value in the configuration or the secrets");
        return false;
    }
}
