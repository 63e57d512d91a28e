using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Json;
using Turbulence.Keys;
using Turbulence.Values;

namespace Turbulence.Activities;

/// <summary>
/// How often and how long an activity is tried: <c>timeout</c>, <c>retries</c>, <c>interval</c> and <c>until</c>, on the
/// activity or (all but <c>timeout</c>, which there belongs to the provider) on its provider. Ours; the reference has none of it.
/// </summary>
/// <param name="Limit"><c>timeout</c> in seconds, for each attempt; null for no limit.</param>
/// <param name="Retries"><c>retries</c>: how many attempts may follow the first. Default: none.</param>
/// <param name="Interval"><c>interval</c> in seconds: the wait between two attempts. Default: 1 s.</param>
/// <param name="Until"><c>until</c>: a tolerance that ends the attempts; null where success does.</param>
internal sealed record ActivityAttempts(TimeSpan? Limit, long Retries, TimeSpan Interval, JsonNode? Until)
{
    /// <summary>
    /// What of <paramref name="activity"/> cannot be read, as far as that can be known before its placeholders have values: the key, whether
    /// it stands in the provider, and what is wrong with it.
    /// </summary>
    public static IEnumerable<(string Key, bool IsOfProvider, string Problem)> Problems(Activity activity)
    {
        List<(JsonObject Map, FormatKey Key)> given =
        [
            (activity.Declaration, AttemptKeys.Timeout),
            (activity.Declaration, AttemptKeys.Retries),
            (activity.Declaration, AttemptKeys.Interval),
            (activity.Provider, AttemptKeys.Retries), (activity.Provider, AttemptKeys.Interval),
        ];
        return given
            .Where(static one => !one.Key.Accepts(one.Map[one.Key.Name]))
            .Select(one => (one.Key.Name, ReferenceEquals(one.Map, activity.Provider), Problem(one.Key, one.Map[one.Key.Name]!)));
    }

    /// <summary>Reads what <paramref name="activity"/> asks for.</summary>
    public static bool TryRead(Activity activity, ResolvedValues values, out ActivityAttempts attempts, out string? problem)
    {
        var until = Either(activity, "until");
        attempts = new ActivityAttempts(null, 0, TimeSpan.FromSeconds(1), until);
        if (!TrySeconds(activity.Declaration["timeout"], values, AttemptKeys.Timeout, out var limit, out problem)
            || !TrySeconds(Either(activity, "interval"), values, AttemptKeys.Interval, out var interval, out problem)
            || !TryCount(Either(activity, "retries"), values, out var retries, out problem))
        {
            return false;
        }

        attempts = new ActivityAttempts(limit, retries ?? 0, interval ?? attempts.Interval, until);
        return true;
    }

    private static string Problem(FormatKey key, JsonNode value) => $"activity {key.Name} must be {key.Expected}, not {value.ToJsonString()}";

    private static JsonNode? Either(Activity activity, string key) => activity.Declaration[key] ?? activity.Provider[key];

    private static bool TrySeconds(JsonNode? declared, ResolvedValues values, FormatKey key, out TimeSpan? time, out string? problem)
    {
        time = null;
        problem = null;
        if (Resolve(declared, values) is not { } resolved)
        {
            return true;
        }

        if (resolved.GetValueKind() == JsonValueKind.Number
            && double.TryParse(resolved.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && key.NumberForm.Allows(seconds))
        {
            time = TimeSpan.FromSeconds(seconds);
            return true;
        }

        problem = Problem(key, resolved);
        return false;
    }

    // What comes from the environment is a text, whatever it says: there a text that says a number is one. A text in the experiment itself
    // is a mistake.
    private static JsonNode? Resolve(JsonNode? declared, ResolvedValues values)
    {
        var resolved = Substitution.Apply(declared, values);
        return IsPlaceholder(declared) && JsonTexts.TryRead(resolved, out var text)
            && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            && JsonNumber(text.Trim()) is { } number
            ? number
            : resolved;
    }

    private static JsonValue? JsonNumber(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonValue value && value.GetValueKind() == JsonValueKind.Number ? value : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsPlaceholder(JsonNode? declared) =>
        JsonTexts.TryRead(declared, out var text) && text.Contains("${", StringComparison.Ordinal);

    private static bool TryCount(JsonNode? declared, ResolvedValues values, out long? count, out string? problem)
    {
        count = null;
        problem = null;
        if (Resolve(declared, values) is not { } resolved)
        {
            return true;
        }

        if (resolved.GetValueKind() == JsonValueKind.Number
            && long.TryParse(resolved.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
        {
            count = whole;
            return true;
        }

        problem = Problem(AttemptKeys.Retries, resolved);
        return false;
    }
}
