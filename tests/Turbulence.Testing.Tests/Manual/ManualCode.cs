using Turbulence.Runs.Scopes;

namespace Turbulence.Testing.Tests.Manual;

/// <summary>Code of the manual's pages that is no program by itself, word for word: it is compiled, and not run.</summary>
internal static class ManualCode
{
    public static async Task ThroughAProxyAsync()
    {
        using var chaos = new ChaosTest();
        await using var proxies = await chaos.StartProxiesAsync();
        var db = await proxies.AddAsync("db", "localhost:5432");
        await using var slow = await chaos.FaultAsync("network.latency", new() { ["latency"] = 300 }, through: db);
        await QueryAsync($"Host=127.0.0.1;Port={db.Port}");
    }

    public static async Task InAScopeAsync()
    {
        await using (await FaultScope.BeginAsync("process.pause", new() { ["port"] = 8002 }))
        {
            // It is in from here on, and its effect was seen.
        }

        // It is taken back here, and that was seen.
    }

    private static Task<int> QueryAsync(string connection) => Task.FromResult(connection.Length);
}
