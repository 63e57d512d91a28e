using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Turbulence.Cli.Tests.CommandLine;

namespace Turbulence.Cli.Tests.Verbs;

public sealed class LoadVerbTests
{
    [Fact]
    public async Task What_became_of_each_request_is_told_as_JSON()
    {
        var (code, said, error) = await ChaosCommandTests.InvokeAsync(
            $"load http://127.0.0.1:{SilentPort()}/ --rate 100 --duration 0.1 --timeout 0.5 --output json");
        Assert.Equal((0, ""), (code, error));
        var result = JsonNode.Parse(said)!;
        Assert.Equal((10, 10, 10), ((int)result["intended"]!, (int)result["lost"]!, (int)result["outcomes"]!["refused"]!));
        Assert.Equal(
            ["ok", "error_status", "wrong_answer", "refused", "reset", "timed_out", "never_sent", "cancelled"],
            result["outcomes"]!.AsObject().Select(static one => one.Key));
        Assert.Equal(["p50", "p90", "p99", "p99_9", "p99_99", "max"], result["latency_ms"]!.AsObject().Select(static one => one.Key));
        Assert.Equal(500, (double)result["latency_ms"]!["p50"]!, 0.1);
        Assert.NotNull(result["schedule_lag_ms"]!["p99_9"]);
    }

    [Fact]
    public async Task People_get_a_table_with_the_outcomes_that_there_were()
    {
        var (code, said, _) = await ChaosCommandTests.InvokeAsync(
            $"load http://127.0.0.1:{SilentPort()}/ --rate 100 --duration 0.1 --arrivals even --class a=b");
        Assert.Equal(0, code);
        var lines = said.Split('\n');
        Assert.StartsWith("outcome ", lines[0], StringComparison.Ordinal);
        Assert.Matches("^refused +10 +100 % ", lines[1]);
        Assert.Equal("", lines[2]);
        Assert.Equal(["lost for:", "        10  refused: connection refused", ""], lines[3..6]);
        Assert.Matches("^10 requests in [0-9.]+ s, 10 lost$", lines[6]);
    }

    [Theory]
    [InlineData("--proxy https://localhost:1/", "'https://localhost:1/' is no http URL such as http://localhost:3128")]
    [InlineData("--insecure --cacert ca.pem", "--insecure and --cacert exclude each other")]
    [InlineData("--cacert /nowhere/ca.pem", "'/nowhere/ca.pem' cannot be read as a PEM file of certificates")]
    public async Task What_a_way_to_the_server_cannot_be_is_told(string options, string problem)
    {
        var (code, _, error) = await ChaosCommandTests.InvokeAsync($"load https://localhost:1/ --rate 1 --duration 0.1 {options}");
        Assert.Equal(64, code);
        Assert.Contains(problem, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_sent_through_a_proxy_that_is_not_there_says_so()
    {
        var (code, said, _) = await ChaosCommandTests.InvokeAsync(
            $"load http://nobody.invalid/ --rate 100 --duration 0.1 --proxy http://127.0.0.1:{SilentPort()}/");
        Assert.Equal(0, code);
        Assert.Contains("        10  refused: connection refused", said.Split('\n'));
        (_, said, _) =
            await ChaosCommandTests.InvokeAsync("load http://localhost:1/ --rate 100 --duration 0.1 --proxy http://nobody.invalid:1/");
        Assert.Contains("        10  refused: the name 'nobody.invalid' was not found", said.Split('\n'));
    }

    [Fact]
    public async Task What_could_forge_a_request_is_refused()
    {
        var (code, said, error) = await ChaosCommandTests.InvokeAsync("load http://localhost:1/ --rate 1", ["--header", "A:b\r\nC: d"]);
        Assert.Equal((64, ""), (code, said));
        Assert.Contains("has a header that cannot be sent: A", error, StringComparison.Ordinal);
    }

    private static int SilentPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
