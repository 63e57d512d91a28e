using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Tolerances;

/// <summary>Everything that is needed to hold one output against one tolerance.</summary>
/// <param name="Tolerance">The value of <c>tolerance</c> as it stands in the experiment; it is not changed.</param>
/// <param name="Output">What the probe returned; it is not changed.</param>
public sealed record ToleranceCheck(JsonNode? Tolerance, JsonNode? Output)
{
    /// <summary>Configuration and secrets to substitute from. Default: none.</summary>
    public ResolvedValues Values { get; init; } = ResolvedValues.Empty;

    /// <summary>Takes the secrets out of what the outcome says. Default: one that is made of <see cref="Values"/> each time.</summary>
    public SecretMask? Mask { get; init; }

    /// <summary>Whose rules apply where the two differ. Default: ours.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary>
    /// <c>provider.type</c> of the probe. Default: the empty text. The outputs of <c>process</c> and <c>http</c> have parts
    /// that a tolerance without a target is about.
    /// </summary>
    public string ProviderType { get; init; } = "";

    /// <summary>
    /// Carries out a tolerance that is a probe, without controls, pauses or a journal entry. Default: such a tolerance cannot be
    /// evaluated.
    /// </summary>
    public Func<Activity, CancellationToken, ValueTask<ActivityResult>> RunProbe { get; init; } =
        static (_, _) => ValueTask.FromResult(ActivityResult.Crashed("a probe can not be carried out here"));

    /// <summary>Whether to do no more than the reference runner does.</summary>
    internal bool IsReference => Compatibility == Compatibility.ChaosToolkit;

    /// <summary>The mask, made where none was given.</summary>
    internal SecretMask Hides => Mask ?? SecretMask.For(Values);

    /// <summary>What the probe returned, with the names of its parts.</summary>
    internal ProbeOutput Probe => new(Output, ProviderType, Hides);

    /// <summary>
    /// Replaces the placeholders of a part of the tolerance. In the default mode one without a value is why the tolerance can
    /// not be evaluated; the reference runner leaves it as it is.
    /// </summary>
    /// <returns>Null when all is well, else the explanation.</returns>
    internal string? Substitute(JsonNode? template, out JsonNode? value)
    {
        var unresolved = new List<string>();
        value = Substitution.Apply(template, Values, unresolved);
        return unresolved.Count == 0 || IsReference
            ? null
            : $"{string.Join(", ", unresolved.Distinct().Select(name => $"${{{name}}}"))} has no value in the configuration or the secrets";
    }
}
