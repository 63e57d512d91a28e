using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Json;
using Turbulence.Services;

namespace Turbulence.Faults.Contracts;

/// <summary>
/// The arguments of a fault, each right by itself, for a kind that says how they fit together and to the services of the experiment.
/// </summary>
/// <param name="arguments">The arguments.</param>
/// <param name="proxies">The fault proxies of each service; null where nobody knows them.</param>
/// <param name="areWritten">Whether they stand so in the experiment: what holds a placeholder is then known only by the run.</param>
internal sealed class GivenArguments(
    JsonObject arguments, IReadOnlyDictionary<string, IReadOnlyList<ServiceProxy>>? proxies, bool areWritten)
{
    /// <summary>Whether it is given.</summary>
    public bool Has(string name) => arguments[name] is not null;

    /// <summary>Whether it is given as what says that it is not meant.</summary>
    public bool IsFalse(string name) => arguments[name] is { } value
        && (value.GetValueKind() == JsonValueKind.False
            || (JsonTexts.TryRead(value, out var text) && bool.TryParse(text, out var set) && !set));

    /// <summary>Its text, or the texts of its list; empty where it is not given, or not known before the run.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        arguments[name] is not { } value || (areWritten && ArgumentCheck.IsPlaceholder(value)) ? [] : Texts(value);

    /// <summary>Its whole number; null where it is not given, is none, or is not known before the run.</summary>
    public long? Integer(string name) =>
        arguments[name] is { } value && long.TryParse(
            value.GetValueKind() == JsonValueKind.Number ? value.ToJsonString() : Texts(name) is [var text] ? text : "",
            NumberStyles.AllowLeadingSign,
            CultureInfo.InvariantCulture,
            out var number) ? number : null;

    /// <summary>The fault proxies of a service; null where nobody knows them.</summary>
    public IReadOnlyList<ServiceProxy>? Proxies(string service) => proxies?.GetValueOrDefault(service);

    /// <summary>The text of a value, or the texts of its list.</summary>
    public static IReadOnlyList<string> Texts(JsonNode value) =>
        value is JsonArray list ? [.. list.Select(item => JsonTexts.TryRead(item, out var text) ? text : "")]
        : JsonTexts.TryRead(value, out var one) ? [one] : [];
}
