using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Keys;

namespace Turbulence.Services;

/// <summary>Reads one service, and says what is wrong with it; what is wrong reads as absent.</summary>
/// <param name="report">Told each problem and its place.</param>
/// <param name="isFinal">Whether every placeholder is replaced by now; otherwise what holds one is not judged.</param>
internal sealed class ServiceReader(Action<DocumentPath, string> report, bool isFinal)
{
    private const string Anything = "any";

    private static readonly string[] Ways = [UrlReadiness.Key, TcpReadiness.Key, CommandReadiness.Key, LineReadiness.Key];

    private static readonly string[] Places = [UrlReadiness.Key, TcpReadiness.Key];

    private static readonly string[] OfAStart = ["adopt", "clock", "cwd", "env", "output", "stop_timeout"];

    private readonly ServiceTexts texts = new(isFinal);

    /// <summary>Reads a service.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="service">What describes it.</param>
    /// <param name="path">Where that stands.</param>
    public ServiceDefinition Read(string name, JsonObject service, DocumentPath path)
    {
        Run(service, path);
        var definition = new ServiceDefinition(name, Words(service["run"]) ?? []);
        var condition = Ready(service["ready"], path["ready"]);
        return definition with
        {
            Needs = Needs(service["needs"], path["needs"]),
            Ready = condition,
            ReadyTimeout = service["ready"] is JsonObject ready
                ? Seconds(ready, ServiceKeys.ReadyTimeout, path["ready"]) ?? definition.ReadyTimeout
                : definition.ReadyTimeout,
            AdoptsAnything = Adopts(service["adopt"], path["adopt"]),
            HasAdjustableClock = IsAdjustable(service["clock"], path["clock"]),
            StopTimeout = Seconds(service, ServiceKeys.StopTimeout, path) ?? definition.StopTimeout,
            WorkingDirectory = Text(service, "cwd", path),
            Output = Text(service, "output", path) ?? definition.Output,
            Environment = Variables(service["env"], path["env"]),
            Proxies = new ServiceProxyReader(report, texts).Read(
                name, service[ServiceProxyReader.Key], service["ready"], condition, path[ServiceProxyReader.Key]),
        };
    }

    // What is said of the start and the end of a service is for nothing where the run does neither.
    private void Run(JsonObject service, DocumentPath path)
    {
        if (service["run"] is null && service["ready"] is JsonObject ready && Places.Any(way => ready[way] is not null))
        {
            foreach (var key in OfAStart.Where(key => service[key] is not null))
            {
                report(path[key], $"{key} is about how a service is started and ended, and one without a run entry is there already");
            }
        }
        else if (Words(service["run"]) is null)
        {
            report(
                path,
                "a service must have a run entry: a list of texts, the program and its arguments; "
                    + "one that runs already has none, and says in ready by url or tcp where it is");
        }
    }

    private List<string>? Words(JsonNode? node)
    {
        if (node is not JsonArray { Count: > 0 } list)
        {
            return null;
        }

        List<string> words = [];
        foreach (var item in list)
        {
            if (texts.Of(item) is not { } word)
            {
                return null;
            }

            words.Add(word);
        }

        return words[0].Length > 0 ? words : null;
    }

    private List<string> Needs(JsonNode? node, DocumentPath path)
    {
        if (node is not JsonArray list)
        {
            if (node is not null)
            {
                report(path, "needs must be a list of names of services");
            }

            return [];
        }

        List<string> names = [];
        for (var i = 0; i < list.Count; i++)
        {
            if (JsonTexts.TryRead(list[i], out var name))
            {
                names.Add(name);
            }
            else
            {
                report(path[i], "needs must be a list of names of services");
            }
        }

        return names;
    }

    private ReadyCondition? Ready(JsonNode? node, DocumentPath path)
    {
        if (node is null)
        {
            return null;
        }

        if (node is not JsonObject ready)
        {
            report(path, $"ready must be a map that says how it is seen: {Known("or")}");
            return null;
        }

        string[] ways = [.. Ways.Where(way => ready[way] is not null)];
        if (ways is not [var key])
        {
            report(
                path,
                $"ready must have exactly one of {Known("and")}; here it has {(ways.Length == 0 ? "none" : string.Join(" and ", ways))}");
            return null;
        }

        if (texts.IsOpen(ready[key]))
        {
            return null;
        }

        return key switch
        {
            UrlReadiness.Key => Url(ready[key], path),
            TcpReadiness.Key => Tcp(ready[key], path[key]),
            CommandReadiness.Key => Command(ready[key], path[key]),
            _ => Line(ready[key], path[key]),
        };
    }

    private static string Known(string word) => $"{string.Join(", ", Ways[..^1])} {word} {Ways[^1]}";

    private UrlReadiness? Url(JsonNode? node, DocumentPath path)
    {
        if (JsonTexts.TryRead(node, out var text) && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return new UrlReadiness(url);
        }

        report(path, "ready must be a map with a url that begins with http:// or https:// and names a host");
        return null;
    }

    private TcpReadiness? Tcp(JsonNode? node, DocumentPath path)
    {
        if (TcpReadiness.TryRead(ServiceTexts.OfPlace(node), out var tcp))
        {
            return tcp;
        }

        report(path, "tcp must be \"host:port\", or a port of this machine, 1 to 65535");
        return null;
    }

    private CommandReadiness? Command(JsonNode? node, DocumentPath path)
    {
        if (Words(node) is { } words)
        {
            return new CommandReadiness(words);
        }

        report(path, "command must be a list of texts, the program and its arguments");
        return null;
    }

    private LineReadiness? Line(JsonNode? node, DocumentPath path)
    {
        if (texts.Of(node) is not { Length: > 0 } text)
        {
            report(path, "line must be a regular expression that a line of the service's output has to match");
            return null;
        }

        if (!LineReadiness.TryRead(text, out var line, out var problem))
        {
            report(path, $"line is not a regular expression: {problem.TrimEnd('.')}");
        }

        return line;
    }

    private bool Adopts(JsonNode? node, DocumentPath path)
    {
        if (node is null)
        {
            return false;
        }

        if (JsonTexts.TryRead(node, out var whom) && whom == Anything)
        {
            return true;
        }

        report(
            path,
            $"adopt can only be \"{Anything}\": whatever has the service's port is used. Without it, only what is recognisably what run starts");
        return false;
    }

    private bool IsAdjustable(JsonNode? node, DocumentPath path)
    {
        if (node is null)
        {
            return false;
        }

        if (!JsonTexts.TryRead(node, out var word) || word != AdjustableClock.Word)
        {
            report(path, $"clock can only be \"{AdjustableClock.Word}\": a clock that the fault clock.skew can move. Without it, the service has the machine's");
            return false;
        }

        if (AdjustableClock.Problem is { } problem)
        {
            report(path, $"an {word} clock {problem}");
        }

        return true;
    }

    private string? Text(JsonObject service, string key, DocumentPath path)
    {
        if (service[key] is { } node && texts.Of(node) is null)
        {
            report(path[key], $"{key} must be a text");
        }

        return texts.Of(service[key]);
    }

    private Dictionary<string, string> Variables(JsonNode? node, DocumentPath path)
    {
        if (node is null)
        {
            return [];
        }

        if (node is not JsonObject variables || variables.Any(entry => texts.Of(entry.Value) is null))
        {
            report(path, "env must be a map of texts");
            return [];
        }

        if (variables.FirstOrDefault(
            entry => entry.Key.Length == 0 || entry.Key.Contains('=', StringComparison.Ordinal)) is { Key: { } name })
        {
            report(path, $"'{name}' cannot be the name of an environment variable");
        }

        return variables.ToDictionary(entry => entry.Key, entry => texts.Of(entry.Value)!);
    }

    private TimeSpan? Seconds(JsonObject map, FormatKey key, DocumentPath path)
    {
        if (map[key.Name] is not { } node || texts.IsOpen(node))
        {
            return null;
        }

        if (JsonNumbers.TryReadDouble(node, out var seconds) && key.NumberForm.Allows(seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }

        report(path[key.Name], $"a time limit must be {key.Expected}");
        return null;
    }
}
