using System.Diagnostics;
using Aspire.Hosting;
using Turbulence.Aspire.Tests.Hosts;
using Turbulence.Events;
using Turbulence.Faults.Ledgers;
using Turbulence.Runs.Requests;

namespace Turbulence.Aspire.Tests;

/// <summary>The sample's AppHost with Aspire's orchestrator: what a user of the dashboard does.</summary>
public sealed class SampleHostTests
{
    [GateFact]
    public async Task An_edge_is_hurt_by_a_command_and_whoever_calls_on_it_feels_it_until_it_is_taken_back()
    {
        await using var host = await SampleHost.StartAsync(Token);
        Assert.Equal(["web-to-primary", "web-to-secondary"], host.Edges.Select(static edge => edge.Name).Order());
        await AnswersAsync(host, "primary");

        var hurt = await host.CommandAsync("web-to-primary", "hurt-http-status", Token, ("status", "500"));
        Assert.True(hurt.Success, hurt.Message);
        await AnswersAsync(host, "secondary");
        const string Hit = "http.status (status 500), has hit 1 connection";
        await Eventually.HoldsAsync(() => host.State("web-to-primary")?.StartsWith(Hit, StringComparison.Ordinal) is true);

        // Two of the same on the same way would hide each other.
        var again = await host.CommandAsync("web-to-primary", "hurt-http-status", Token);
        Assert.False(again.Success);
        Assert.Contains("network.http.status", again.Message, StringComparison.Ordinal);

        var back = await host.CommandAsync("web-to-primary", "take-back", Token);
        Assert.True(back.Success, back.Message);
        Assert.Contains("; taken back", back.Message, StringComparison.Ordinal);
        await AnswersAsync(host, "primary");
        await Eventually.HoldsAsync(() => host.State("web-to-primary") == "Running");
        Assert.Empty(Left());

        await WaitAsync(host, "hurt-latency", ("latency", "3000"), ("lease", "1"));
        await Eventually.HoldsAsync(() => host.State("web-to-primary") == "Running");
        Assert.Empty(Left());

        var wrong = await host.CommandAsync("web-to-primary", "hurt-latency", Token, ("latency", "soon"));
        Assert.False(wrong.Success);
        Assert.Contains("'latency'", wrong.Message, StringComparison.Ordinal);

        var ended = await host.App.RunExperimentAsync("slow-primary", cancellationToken: Token);
        Assert.True(ended.Outcome.Verdict == Verdict.Passed, string.Join('\n', ended.Outcome.Reasons));
        Assert.True(Assert.Single(ended.Outcome.Faults).Effect!.Hits > 0);
        Assert.Contains("passed", ended.Markdown, StringComparison.Ordinal);
        Assert.Equal("passed", host.State("slow-primary"));
        File.Delete(ended.Journal);
        File.Delete(ended.Page!);

        // The process of the proxies dies: nobody is told that an edge is protected that is not.
        var proxies = host.Edge("web-to-primary").Proxy!.For().Process!.Value;
        using (var process = Process.GetProcessById(proxies.Id))
        {
            process.Kill();
        }

        await Eventually.HoldsAsync(() => host.State("web-to-primary") == "Broken" && host.State("chaos") == "Broken");
        var late = await host.CommandAsync("web-to-primary", "hurt-refuse", Token);
        Assert.False(late.Success);
        Assert.Contains("fault proxies", late.Message, StringComparison.Ordinal);
    }

    [GateFact]
    public async Task An_AppHost_that_is_killed_while_an_edge_is_hurt_leaves_nothing()
    {
        using var host = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [HurtHost.Word, "web-to-primary", "hurt-latency"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        string? line;
        do
        {
            line = await host.StandardOutput.ReadLineAsync(Token);
        }
        while (line?.StartsWith("True: ", StringComparison.Ordinal) is false);

        // Its state folder is named for its process, as that of every program of the tests.
        var state = Path.Combine(Path.GetTempPath(), $"turbulence-state-{host.Id}");
        try
        {
            Assert.NotEmpty(new Ledger(state).Read().Faults);

            host.Kill();

            await Eventually.HoldsAsync(() => new Ledger(state).Read().Faults.Count == 0);
            await Eventually.HoldsAsync(() => !Programs(host.Id).Any());
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // The sample asks the other server as well where one takes long, as on a machine that has much to do.
    private static Task<TimeSpan> AnswersAsync(SampleHost host, string server) => Eventually.HoldsAsync(
        async () => (await host.AskAsync(Token)).StartsWith($"response from service: {server}", StringComparison.Ordinal));

    private static async Task WaitAsync(SampleHost host, string command, params (string Name, string Value)[] arguments)
    {
        var result = await host.CommandAsync("web-to-primary", command, Token, arguments);
        Assert.True(result.Success, result.Message);
        await host.AskAsync(Token);
    }

    private static IEnumerable<object> Left() => new FaultRoom(new RunPlace()).Ledger.Read().Faults;

    // What has the state folder of that process in its environment: proxies, guardians, and what the orchestrator started.
    private static IEnumerable<string> Programs(int id) =>
        Directory.EnumerateDirectories("/proc").Where(
            folder => int.TryParse(Path.GetFileName(folder), out _) && Has(folder, $"turbulence-state-{id}"));

    private static bool Has(string process, string text)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Contains(text, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
