using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Network;

/// <summary>One proxy that a fault hits: what another process needs to find it again.</summary>
/// <param name="Proxy">Its name in its API.</param>
/// <param name="Api">Where that answers; null where the run has not started the proxy yet.</param>
internal sealed record ProxyPlace(string Proxy, Uri? Api)
{
    /// <summary>Whether it passes datagrams of UDP on, and no connections.</summary>
    public bool IsUdp { get; init; }

    /// <summary>Where it listens, for people.</summary>
    public string Listen { get; init; } = "";

    /// <summary>Whom it asks, for people.</summary>
    public string Upstream { get; init; } = "";

    /// <summary>What its API wants to be shown, a secret; null for nothing.</summary>
    public string? Token { get; init; }

    /// <summary>The file that the token was read from, for people; null for none.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The file with the receipts of what it hits, for people; null where nobody knows of one.</summary>
    public string? Receipts { get; init; }

    /// <summary>The process in which it lives, so that it is gone with that; null where nobody knows.</summary>
    public ProcessIdentity? Process { get; init; }

    /// <summary>What it had counted when the fault was planned; null for a proxy that does not count, which is Toxiproxy's.</summary>
    public ProxyCounts? Before { get; init; }

    /// <summary>Whether it is Toxiproxy's, which has no counters.</summary>
    public bool IsToxiproxy => Before is null;

    /// <summary>The proxy for people: <c>proxy 'db' (127.0.0.1:15432 -> db:5432)</c>.</summary>
    public string Text => $"proxy '{Proxy}' ({(IsUdp ? "udp " : "")}{Listen} -> {Upstream})";

    /// <summary>Where it is, for people.</summary>
    public string At => Api is null ? "which the run starts" : $"at {Api.GetLeftPart(UriPartial.Path).TrimEnd('/')}";

    /// <summary>Whether the process in which it lived is known and has ended, and everything in it with it.</summary>
    public bool HasEnded => Process is { } process && !process.MayBeAlive;

    /// <summary>Names what of it is hit, for locks.</summary>
    /// <param name="what">The part of it.</param>
    public FaultTarget Target(string what)
    {
        var server = Api is null ? "" : Api.IsLoopback ? $"localhost:{Api.Port}" : Api.Authority;
        return new FaultTarget($"proxy:{server}:{Proxy}:{what}", $"{Text} {At}");
    }

    /// <summary>For the undo.</summary>
    public JsonObject ToJson() => new()
    {
        ["proxy"] = Proxy,
        ["api"] = Api?.AbsoluteUri,
        ["udp"] = IsUdp,
        ["listen"] = Listen,
        ["upstream"] = Upstream,
        ["token"] = Token,
        ["token_file"] = TokenFile,
        ["receipts"] = Receipts,
        ["process"] = Process is { } process ? UndoJson.Write(process) : null,
        ["before"] = Before?.ToJson(),
    };

    /// <summary>From an undo.</summary>
    /// <exception cref="UnreadableUndoException">It is none.</exception>
    public static ProxyPlace Of(JsonNode? json) => UndoJson.Read(() => new ProxyPlace(
        json!["proxy"]!.GetValue<string>(), json["api"] is { } api ? new Uri(api.GetValue<string>()) : null)
    {
        IsUdp = json["udp"]?.GetValue<bool>() ?? false,
        Listen = json["listen"]!.GetValue<string>(),
        Upstream = json["upstream"]!.GetValue<string>(),
        Token = json["token"]?.GetValue<string>(),
        TokenFile = json["token_file"]?.GetValue<string>(),
        Receipts = json["receipts"]?.GetValue<string>(),
        Process = json["process"] is { } process ? UndoJson.Process(process) : null,
        Before = json["before"] is { } before ? ProxyCounts.Of(before) : null,
    });

    /// <summary>Asks its API.</summary>
    /// <param name="time">Measures the limit.</param>
    public ProxyApiClient Client(TimeProvider time) => new(Api!, Token, time);

    // Neither the token nor the undo that it stands in is for people.
    public override string ToString() => $"{Text} {At}";
}
