using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Keys;

namespace Turbulence.Faults;

/// <summary>The keys of a <c>fault</c> provider, its placeholders replaced.</summary>
/// <param name="Kind"><c>kind</c>.</param>
/// <param name="Arguments"><c>arguments</c>; empty where they are missing.</param>
/// <param name="Duration"><c>duration</c>, in seconds above 0; null, until the end of the run, where it is missing.</param>
/// <param name="MaxTargets"><c>max_targets</c>, from 1; 1 where it is missing.</param>
/// <param name="AllowIrreversible"><c>irreversible</c>; false where it is missing.</param>
public sealed record FaultDeclaration(string Kind, JsonObject Arguments, TimeSpan? Duration, int MaxTargets, bool AllowIrreversible)
{
    /// <summary>What is asked for, in a few words.</summary>
    internal string Text => Duration is { } duration
        ? string.Create(CultureInfo.InvariantCulture, $"fault {Kind} for {duration.TotalSeconds:0.###} s at most")
        : $"fault {Kind} until the end of the run";

    /// <summary>Reads a provider.</summary>
    /// <param name="provider">The provider, its placeholders replaced.</param>
    /// <param name="declaration">What it says.</param>
    /// <param name="problem">What is wrong with it, in one line.</param>
    public static bool TryRead(
        JsonObject provider, [NotNullWhen(true)] out FaultDeclaration? declaration, [NotNullWhen(false)] out string? problem)
    {
        declaration = null;
        problem = null;
        if (!JsonTexts.TryRead(provider["kind"], out var kind) || kind.Length == 0)
        {
            problem = "a fault must have a kind";
        }
        else if (provider["arguments"] is { } arguments and not JsonObject)
        {
            problem = $"arguments must be a map, not {arguments.ToJsonString()}";
        }
        else if (!TryDuration(provider["duration"], out var duration))
        {
            problem = DurationProblem(provider["duration"]);
        }
        else if (!TryMaxTargets(provider["max_targets"], out var maxTargets))
        {
            problem = MaxTargetsProblem(provider["max_targets"]);
        }
        else if (!TryFlag(provider["irreversible"], out var allow))
        {
            problem = IrreversibleProblem(provider["irreversible"]);
        }
        else
        {
            declaration = new FaultDeclaration(kind, provider["arguments"] as JsonObject ?? [], duration, maxTargets, allow);
        }

        return declaration is not null;
    }

    internal static string DurationProblem(JsonNode? node) =>
        $"duration must be a number of seconds above 0 and below {ProviderKeys.Duration.NumberForm.Most} (49 days), not {node?.ToJsonString() ?? "null"}";

    internal static string MaxTargetsProblem(JsonNode? node) =>
        $"max_targets must be a whole number from 1, not {node?.ToJsonString() ?? "null"}";

    internal static string IrreversibleProblem(JsonNode? node) =>
        $"irreversible must be true or false, not {node?.ToJsonString() ?? "null"}";

    internal static bool TryDuration(JsonNode? node, out TimeSpan? duration)
    {
        duration = null;
        if (node is null)
        {
            return true;
        }

        if (!TryNumber(node, out var seconds) || !ProviderKeys.Duration.NumberForm.Allows(seconds))
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(seconds);
        return true;
    }

    internal static bool TryMaxTargets(JsonNode? node, out int number)
    {
        number = 1;
        return node is null
            || (TryNumber(node, out var value) && ProviderKeys.MaxTargets.NumberForm.Allows(value) && (number = (int)value) == value);
    }

    internal static bool TryFlag(JsonNode? node, out bool flag)
    {
        flag = false;
        return node is null
            || (node is JsonValue value && value.TryGetValue(out flag))
            || (JsonTexts.TryRead(node, out var text) && bool.TryParse(text, out flag));
    }

    // What a placeholder brings is often the text of a number.
    private static bool TryNumber(JsonNode node, out double number) =>
        JsonNumbers.TryReadDouble(node, out number)
        || (JsonTexts.TryRead(node, out var text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number));
}
