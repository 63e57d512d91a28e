using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Services;

/// <summary>
/// Reads the <c>proxy</c> of a service: one map, or a list with one for each caller. Each gives a proxy, so that they are counted as they
/// are written; what is wrong with one, or is not known yet, reads as empty.
/// </summary>
/// <param name="report">Told each problem and its place.</param>
/// <param name="texts">Reads texts.</param>
internal sealed class ServiceProxyReader(Action<DocumentPath, string> report, ServiceTexts texts)
{
    /// <summary>The key of a service.</summary>
    internal const string Key = "proxy";

    // A port alone is nobody's but this machine's, and of one address, so that it is known who else has it.
    private const string Loopback = "127.0.0.1";

    /// <summary>Reads them.</summary>
    /// <param name="service">The service's name.</param>
    /// <param name="node">What stands in <c>proxy</c>.</param>
    /// <param name="ready">What stands in the service's <c>ready</c>.</param>
    /// <param name="condition">The same, read.</param>
    /// <param name="path">Where the proxies stand.</param>
    public IReadOnlyList<ServiceProxy> Read(string service, JsonNode? node, JsonNode? ready, ReadyCondition? condition, DocumentPath path)
    {
        // What could not be read has been told, and what is open is not known yet.
        var own = condition is null && ready is not null ? "" : condition?.Address;
        return node switch
        {
            null => [],
            JsonArray list => [.. list.Select((entry, place) => Entry(service, entry, own, path[place]))],
            _ => [Entry(service, node, own, path)],
        };
    }

    private ServiceProxy Entry(string service, JsonNode? node, string? own, DocumentPath path)
    {
        if (node is not JsonObject entry)
        {
            report(path, "proxy must be a map with listen and upstream, or a list of such maps");
            return new ServiceProxy("", null, null);
        }

        var isOpen = texts.IsOpen(entry["from"]) || texts.IsOpen(entry["name"]) || texts.IsOpen(entry["protocol"]);
        var from = Text(entry, "from", path);
        var name = isOpen ? "" : Name(service, entry, from, path);
        var listen = Listen(entry["listen"], path);
        return new ServiceProxy(name, isOpen ? null : from, null)
        {
            IsUdp = IsUdp(entry["protocol"], path),

            // As long as nobody knows whose port it is, it is nobody's.
            Listen = texts.IsOpen(entry["protocol"]) ? "" : listen,
            Upstream = Upstream(entry["upstream"], own, path),
        };
    }

    private bool IsUdp(JsonNode? node, DocumentPath path)
    {
        if (node is not null && !texts.IsOpen(node) && texts.Of(node) is not ("tcp" or "udp"))
        {
            report(
                path[
                    "protocol"], $"protocol must be tcp, for connections, or udp, for datagrams{(texts.Of(node) is { } given ? NearestWord.Hint(given, ["tcp", "udp"]) : "")}");
        }

        return node is not null && texts.Of(node) == "udp";
    }

    private string Name(string service, JsonObject entry, string? from, DocumentPath path)
    {
        if (entry["name"] is not null)
        {
            var given = Text(entry, "name", path) ?? "";
            if (given.Length > 0 && !IsName(given))
            {
                report(
                    path[
                        "name"], $"'{given}' cannot be the name of a proxy: it stands in URLs, so it is made of letters, digits, '.', '_' and '-', and begins with a letter or a digit");
            }

            return given;
        }

        var made = from is null ? service : $"{from}-to-{service}";
        if (!IsName(made))
        {
            report(path, $"'{made}' cannot be the name of a proxy; give it a name of letters, digits, '.', '_' and '-'");
        }

        return made;
    }

    private string Listen(JsonNode? node, DocumentPath path)
    {
        if (node is null)
        {
            report(path, "a proxy must have a listen entry: the port of this machine, or host:port, where it takes connections");
            return "";
        }

        if (texts.IsOpen(node))
        {
            return "";
        }

        if (HostAndPort.TryRead(ServiceTexts.OfPlace(node), out var place, Loopback))
        {
            return place.ToString();
        }

        report(path["listen"], "listen must be a port of this machine, 1 to 65535, or \"host:port\"; whoever calls has to know it");
        return "";
    }

    private string Upstream(JsonNode? node, string? own, DocumentPath path)
    {
        if (node is null)
        {
            if (own is null)
            {
                report(
                    path,
                    "a proxy must have an upstream entry, a port of this machine or host:port, where the service's ready has neither url nor tcp");
            }

            return own ?? "";
        }

        if (texts.IsOpen(node))
        {
            return "";
        }

        if (HostAndPort.TryRead(ServiceTexts.OfPlace(node), out var place))
        {
            return place.ToString();
        }

        report(path["upstream"], "upstream must be \"host:port\", or a port of this machine, 1 to 65535");
        return "";
    }

    private string? Text(JsonObject entry, string key, DocumentPath path)
    {
        if (entry[key] is not { } node)
        {
            return null;
        }

        if (texts.Of(node) is { Length: > 0 } text)
        {
            return text;
        }

        report(path[key], $"{key} must be a text");
        return null;
    }

    private static bool IsName(string text) =>
        text.Length > 0 && char.IsLetterOrDigit(text[0]) && text.All(letter => char.IsLetterOrDigit(letter) || letter is '.' or '_' or '-');
}
