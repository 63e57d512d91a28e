using System.Text.Json.Nodes;
using Turbulence.Proxy;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// Proxies in this process, which outlives all that dies: no toxic may be left in them. A partition is of two services that reach each
/// other through one each.
/// </summary>
internal sealed class NetworkScenario(string kind, JsonObject? arguments = null, ProxyProtocol protocol = ProxyProtocol.Tcp)
    : Scenario(kind)
{
    private static int made;

    private readonly string name = $"scenario-{Interlocked.Increment(ref made)}-";
    private ProxyStage? stage;

    public override string Variables => Kind == "network.partition" ? $"FAULT_RUNNER_SERVICES={Services().ToJsonString()}" : "";

    private string First => $"{name}1";

    private string Second => $"{name}2";

    public override string? Residue() => stage!.Toxics(name) is { Length: > 0 } left ? $"left: {left}" : null;

    public override async ValueTask DisposeAsync()
    {
        await stage!.RemoveAsync(First);
        await stage.RemoveAsync(Second);
        await base.DisposeAsync();
    }

    protected override async Task PrepareAsync()
    {
        stage = await ProxyStage.Shared;
        FaultProxy[] made = [await stage.CreateAsync(First, protocol), await stage.CreateAsync(Second, protocol)];
        Assert.All(made, proxy => Assert.Empty(proxy.Toxics));
    }

    protected override JsonObject Arguments()
    {
        if (Kind == "network.partition")
        {
            return new JsonObject { ["between"] = "front", ["and"] = "back" };
        }

        var all = arguments?.DeepClone().AsObject() ?? [];
        all["api"] = stage!.Api.AbsoluteUri;
        all["proxy"] = First;
        return all;
    }

    private JsonArray Services() =>
    [
        new JsonObject { ["name"] = "front", ["proxy"] = Second, ["from"] = "back", ["api"] = stage!.Api.AbsoluteUri },
        new JsonObject { ["name"] = "back", ["proxy"] = First, ["from"] = "front", ["api"] = stage.Api.AbsoluteUri },
    ];
}
