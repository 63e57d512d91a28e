using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Activities.Http;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Values;

namespace Turbulence.Tests.Activities.Http;

/// <summary>Calls the provider as the runner would, and keeps what it warns of.</summary>
internal sealed class HttpCalls(Compatibility compatibility = Compatibility.None, HttpSurroundings? surroundings = null) : IDisposable
{
    /// <summary>No machine's own netrc gets into a test.</summary>
    public static readonly HttpSurroundings Bare = new() { NetrcPath = "/nonexistent/netrc" };

    private readonly HttpProvider provider = new(surroundings ?? Bare);

    public static TheoryData<Compatibility> BothModes => new(Compatibility.None, Compatibility.ChaosToolkit);

    public List<string> Warnings { get; } = [];

    /// <summary>How often a bundle of certificates was read.</summary>
    public int BundleReadings => provider.Bundles.Readings;

    public ResolvedValues Values { get; init; } = ResolvedValues.Empty;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Carries out an activity with the provider object <c>{"type": "http", "url": url, …more}</c>.</summary>
    public async Task<ActivityResult> RunAsync(string url, string more = "{}", string activity = "{}", CancellationToken? token = null)
    {
        var declaration = JsonNode.Parse(activity)!.AsObject();
        var settings = new JsonObject { ["type"] = "http", ["url"] = url };
        foreach (var (key, value) in JsonNode.Parse(more)!.AsObject())
        {
            settings[key] = value?.DeepClone();
        }

        declaration["provider"] = settings;
        return await RunAsync(declaration, token);
    }

    public async Task<ActivityResult> RunAsync(JsonObject declaration, CancellationToken? token = null)
    {
        var call = new ActivityCall(new Activity(declaration), Values)
        {
            Compatibility = compatibility,
            Time = Time,
            Warn = warning =>
            {
                lock (Warnings)
                {
                    Warnings.Add(warning);
                }
            },
        };
        return await provider.RunAsync(call, token ?? TestContext.Current.CancellationToken);
    }

    public void Dispose() => provider.Dispose();
}
