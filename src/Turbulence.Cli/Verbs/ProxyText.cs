using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Cli.Verbs;

/// <summary>A proxy and its toxics in lines, as a server tells them; what it does not tell is left out.</summary>
internal static class ProxyText
{
    /// <summary>A proxy.</summary>
    public static string Of(JsonNode? proxy) =>
        $"{Text(proxy, "name")}  {Text(proxy, "listen")} -> {Text(proxy, "upstream")}  {(Member(proxy, "protocol") is { } protocol ? $"{protocol}  " : "")}{(IsEnabled(proxy) ? "enabled" : "disabled")}{Ttl(proxy)}";

    /// <summary>A toxic.</summary>
    public static string OfToxic(JsonNode? toxic)
    {
        var attributes = (Member(toxic, "attributes") as JsonObject ?? [])
            .OrderBy(attribute => attribute.Key, StringComparer.Ordinal)
            .Select(attribute => $" {attribute.Key}={attribute.Value}");
        return $"{Text(toxic, "name")}  {Text(toxic, "type")}  {Text(toxic, "stream")}  toxicity {Text(toxic, "toxicity")} {string.Concat(attributes)}{Ttl(toxic)}".TrimEnd();
    }

    /// <summary>Whether a proxy listens.</summary>
    public static bool IsEnabled(JsonNode? proxy) =>
        Member(proxy, "enabled") is JsonValue value && value.TryGetValue<bool>(out var isEnabled) && isEnabled;

    /// <summary>A member, as people read it.</summary>
    public static string Text(JsonNode? node, string name) => Member(node, name)?.ToString() ?? "?";

    private static string Ttl(JsonNode? node) => Member(node, "ttl") is JsonValue value && value.TryGetValue<double>(out var ttl)
        ? string.Create(CultureInfo.InvariantCulture, $"  for {ttl / 1000:0.###} s")
        : "";

    private static JsonNode? Member(JsonNode? node, string name) => (node as JsonObject)?[name];
}
