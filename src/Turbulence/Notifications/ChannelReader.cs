using System.Text.Json.Nodes;
using Turbulence.Activities.Http;
using Turbulence.Activities.Processes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Notifications;

/// <summary>Makes channels of the settings' <c>notifications</c> (section 10.2).</summary>
/// <param name="folder">The settings' folder, where relative programs may stand.</param>
/// <param name="compatibility">Whose rules apply: the reference is silent about what it cannot use.</param>
/// <param name="time">Measures the channels' limits.</param>
/// <param name="warn">Takes what cannot be used as it is declared, one line each, without secrets.</param>
public sealed class ChannelReader(string folder, Compatibility compatibility, TimeProvider time, Action<string> warn)
{
    private const double LongestSeconds = 3600;

    /// <summary>Makes the channels, in their order.</summary>
    /// <param name="declarations">The list; null for none. A null in it is none, too.</param>
    public IReadOnlyList<INotificationChannel> Read(JsonArray? declarations)
    {
        var channels = new List<INotificationChannel>();
        for (var i = 0; i < declarations?.Count; i++)
        {
            if (declarations[i] is { } declaration && Read(declaration, $"notifications[{i}]") is { } channel)
            {
                channels.Add(channel);
            }
        }

        return channels;
    }

    private INotificationChannel? Read(JsonNode node, string place)
    {
        if (node is not JsonObject declaration)
        {
            return Refuse(place, "a channel is a map with a type");
        }

        var events = EventFilter.From(declaration["events"], name => Ours(
            $"settings: {place} waits for '{name}', which no event is named; known are {string.Join(", ", EventNames.All.Order(StringComparer.Ordinal))}"));
        var type = declaration.Text("type");
        switch (type)
        {
            case "http":
                return Http(declaration, place, events);
            case "process":
                return Process(declaration, place, events);
            case "plugin":
                warn($"settings: {place} is a Python plugin, and plugins are not carried out yet: nothing is sent to it");
                return null;
            default:
                return Refuse(place, $"its type must be http, process or plugin, not {(type is null ? "absent" : $"'{type}'")}");
        }
    }

    private HttpChannel? Http(JsonObject declaration, string place, EventFilter events)
    {
        if (!Uri.TryCreate(declaration.Text("url"), UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.Host.Length == 0)
        {
            Refuse(place, "its url must be an http(s) address");
            return null;
        }

        var headers = (declaration["headers"] as JsonObject ?? [])
            .Where(header => header.Value is not null)
            .Select(header => KeyValuePair.Create(header.Key, PythonText.Of(header.Value)))
            .ToList();
        if (headers.Find(
            header => header.Key.Length == 0 || !(header.Key + header.Value).All(c => c is >= ' ' and <= '~')) is { Key: { } wrong })
        {
            Refuse(place, $"no header can carry the characters of its header '{string.Concat(wrong.Where(c => c is >= ' ' and <= '~'))}'");
            return null;
        }

        if (ServerTrust.From(declaration["verify_tls"], compatibility) is not { } trust)
        {
            Refuse(place, "verify_tls must be a boolean or the path of a file of certificates");
            return null;
        }

        return new HttpChannel(url, events, time)
        {
            Headers = headers,
            Trust = trust,
            ForwardsPayload = Forwards(declaration),
            FollowsRedirects = compatibility == Compatibility.ChaosToolkit,
        };
    }

    private ProcessChannel? Process(JsonObject declaration, string place, EventFilter events)
    {
        string[] run = [.. (declaration["run"] as JsonArray ?? []).Select(PythonText.Of)];
        if (run is [] or ["", ..] || run.Any(word => word.Contains('\0', StringComparison.Ordinal)))
        {
            Refuse(place, "its run must be a list: the program, then its arguments");
            return null;
        }

        var channel = new ProcessChannel(run, folder, events, time) { ForwardsPayload = Forwards(declaration) };
        if (declaration["timeout"] is not { } timeout)
        {
            return channel;
        }

        if (ProcessTimeout.TryRead(timeout, acceptText: true, out var limit) && limit is { TotalSeconds: > 0 and <= LongestSeconds } valid)
        {
            return new ProcessChannel(run, folder, events, time) { ForwardsPayload = Forwards(declaration), Limit = valid };
        }

        Refuse(place, $"its timeout must be a number of seconds above 0, at most {LongestSeconds}");
        return null;
    }

    private static bool Forwards(JsonObject declaration) => declaration["forward_event_payload"] is not { } node || PythonTruth.Of(node);

    private INotificationChannel? Refuse(string place, string why)
    {
        Ours($"settings: {place} is left out: {why}");
        return null;
    }

    private void Ours(string line)
    {
        if (compatibility == Compatibility.None)
        {
            warn(line);
        }
    }
}
