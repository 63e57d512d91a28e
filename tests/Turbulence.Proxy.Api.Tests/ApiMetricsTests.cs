using System.Net;
using System.Net.Sockets;

namespace Turbulence.Proxy.Api.Tests;

/// <summary>What is counted can be read while connections are open.</summary>
public sealed class ApiMetricsTests
{
    [Fact]
    public async Task The_log_of_decisions_is_counted_where_there_is_one()
    {
        await using var server = new ProxyServer(new ProxyServerOptions { Decisions = Stream.Null });
        Assert.EndsWith("\nturbulence_decisions_lost_total 0\n", Metrics.MetricsText.Of(server), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_connections_and_hits_are_counted_while_the_connection_is_open()
    {
        await using var api = await ApiServer.StartAsync();
        using var upstream = new TcpListener(IPAddress.Loopback, 0);
        upstream.Start();
        var made = await api.JsonAsync(
            "POST",
            "/proxies",
            $$"""{"name":"db","upstream":"{{upstream.LocalEndpoint}}","toxics":[{"type":"noop","stream":"upstream"}]}""");
        using var client = new TcpClient();
        var cancel = TestContext.Current.CancellationToken;
        await client.ConnectAsync(IPEndPoint.Parse((string)made["listen"]!), cancel);
        using var server = await upstream.AcceptTcpClientAsync(cancel);
        await client.GetStream().WriteAsync(new byte[10], cancel);
        await server.GetStream().ReadExactlyAsync(new byte[10], cancel);
        await server.GetStream().WriteAsync(new byte[20], cancel);
        await client.GetStream().ReadExactlyAsync(new byte[20], cancel);

        using var response = await api.SendAsync("GET", "/metrics");
        var text = await response.Content.ReadAsStringAsync(cancel);

        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Contains(
            $"toxiproxy_proxy_received_bytes_total{{direction=\"upstream\",listener=\"{made["listen"]}\",proxy=\"db\",upstream=\"{upstream.LocalEndpoint}\"}} 10\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains(
            $"direction=\"downstream\",listener=\"{made["listen"]}\",proxy=\"db\",upstream=\"{upstream.LocalEndpoint}\"}} 20\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains("\nturbulence_proxy_connections{proxy=\"db\"} 1\n", text, StringComparison.Ordinal);
        Assert.Contains(
            "\nturbulence_toxic_connections_total{proxy=\"db\",toxic=\"noop_upstream\",type=\"noop\",stream=\"upstream\"} 1\n",
            text,
            StringComparison.Ordinal);
        Assert.Contains(
            "\nturbulence_toxic_bytes_total{proxy=\"db\",toxic=\"noop_upstream\",type=\"noop\",stream=\"upstream\"} 10\n",
            text,
            StringComparison.Ordinal);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(@"^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+\{[^{}]*\} \d+)$", line));
        Assert.Equal(
            """{"connections":1,"active":1,"upstream_bytes":10,"downstream_bytes":20,"refused":0,"failed_dials":0,"toxics":{"noop_upstream":{"connections":1,"requests":0,"bytes":10,"ends":0,"foreign":0}}}""",
            (await api.AskAsync("GET", "/proxies/db/counters")).Body);
    }
}
