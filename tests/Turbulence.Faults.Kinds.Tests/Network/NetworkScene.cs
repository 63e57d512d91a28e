using System.Text.Json.Nodes;
using Turbulence.Proxy;
using Turbulence.Services;

namespace Turbulence.Faults.Kinds.Tests.Network;

/// <summary>Proxies of a room, and what a fault of each kind is told to do to one.</summary>
internal static class NetworkScene
{
    /// <summary>The arguments of each kind that has to be given some; the others are what their defaults make of them.</summary>
    private static readonly Dictionary<string, string> Given = new()
    {
        ["network.latency"] = """{"latency": 20}""",
        ["network.bandwidth"] = """{"rate": 1}""",
        ["network.slow_close"] = """{"delay": 20}""",
        ["network.corrupt"] = """{"every": 1}""",
        ["network.reorder"] = """{"delay": 20}""",
        ["network.limit"] = """{"bytes": 2}""",
        ["network.http.delay"] = """{"delay": 20}""",
        ["network.http.header"] = """{"value": "yes"}""",
    };

    /// <summary>The kinds, but for the partition, which hits no proxies but sides.</summary>
    public static TheoryData<string> Kinds { get; } =
        [.. NetworkKinds.All.Select(kind => kind.Description.Name).Where(name => name != "network.partition")];

    /// <summary>All kinds.</summary>
    public static TheoryData<string> All { get; } = [.. NetworkKinds.All.Select(kind => kind.Description.Name)];

    /// <summary>Those that hit datagrams alone.</summary>
    public static IReadOnlyList<string> OfDatagrams { get; } = ["network.loss", "network.duplicate", "network.reorder"];

    /// <summary>The first proxy of a room.</summary>
    public static string Name(Room room) => $"{Path.GetFileName(room.Path)}-1";

    /// <summary>Makes the proxy of a room, and says how a fault is told to hit it.</summary>
    public static async Task<JsonObject> ArgumentsAsync(string kind, Room room)
    {
        await (await ProxyStage.Shared).CreateAsync(Name(room), OfDatagrams.Contains(kind) ? ProxyProtocol.Udp : ProxyProtocol.Tcp);
        return await ArgumentsAsync(kind, Name(room));
    }

    /// <summary>How a fault is told to hit a proxy that is there.</summary>
    public static async Task<JsonObject> ArgumentsAsync(string kind, string proxy)
    {
        var arguments = JsonNode.Parse(Given.GetValueOrDefault(kind, "{}"))!.AsObject();
        arguments["api"] = (await ProxyStage.Shared).Api.AbsoluteUri;
        arguments["proxy"] = proxy;
        return arguments;
    }

    /// <summary>Two services that reach each other through a proxy each.</summary>
    public static async Task<IReadOnlyDictionary<string, ServiceLocation>> ServicesAsync(Room room)
    {
        var stage = await ProxyStage.Shared;
        var there = await stage.CreateAsync(Name(room));
        var back = await stage.CreateAsync($"{Path.GetFileName(room.Path)}-2");
        return new Dictionary<string, ServiceLocation>
        {
            ["front"] = new("front", null, null) { Proxies = [Of(back, "back", stage)] },
            ["back"] = new("back", null, null) { Proxies = [Of(there, "front", stage)] },
        };
    }

    /// <summary>What toxics there are in a room's proxies.</summary>
    public static string Toxics(Room room) =>
        ProxyStage.Shared is { IsCompletedSuccessfully: true } stage ? stage.Result.Toxics(Path.GetFileName(room.Path)) : "";

    private static ServiceProxy Of(FaultProxy proxy, string from, ProxyStage stage) =>
        new(proxy.Name, from, stage.Api) { Listen = proxy.Listen, Upstream = proxy.Upstream };
}
