using System.Net;
using System.Text;
using Turbulence.Activities.Http;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Http;

/// <summary>Section 2.7, netrc and proxies; K4, what messages must not tell.</summary>
public sealed class HttpCredentialTests : IDisposable
{
    private readonly string netrc = Path.GetTempFileName();

    public static TheoryData<Compatibility> BothModes => HttpCalls.BothModes;

    [Theory, MemberData(nameof(BothModes))]
    public async Task K4_the_URLs_user_becomes_basic_authorization(Compatibility mode)
    {
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls(mode);

        await calls.RunAsync($"http://us%40er:p%3Ass@127.0.0.1:{server.Port}/");

        Assert.Equal(Basic("us@er:p:ss"), HttpRequestTests.Header(server.Request, "Authorization"));
        Assert.StartsWith("GET / ", server.Request, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_netrc_is_honoured(Compatibility mode)
    {
        await File.WriteAllTextAsync(
            netrc,
            """
            # machine 127.0.0.1 login commented password out
            machine other login a password b
            macdef init
            machine 127.0.0.1 login macro password macro

            machine 127.0.0.1
              login me
              account ignored
              password "se cret\"#"
            default login anybody password x
            """,
            TestContext.Current.CancellationToken);
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls(mode, new HttpSurroundings { NetrcPath = netrc });

        await calls.RunAsync(server.Url);
        await calls.RunAsync($"http://localhost:{server.Port}");

        Assert.Equal(
            [Basic("me:se cret\"#"), Basic("anybody:x")],
            server.Requests.Select(request => HttpRequestTests.Header(request, "Authorization")));
    }

    [Theory]
    [InlineData("http://user:url@127.0.0.1", "Own", "Own", "me:file")]
    [InlineData("http://user:url@127.0.0.1", null, "user:url", "me:file")]
    [InlineData("http://127.0.0.1", "Own", "Own", "me:file")]
    [InlineData("http://127.0.0.1", null, "me:file", "me:file")]
    public async Task S2_7_the_nearest_credentials_win_here_and_the_file_in_the_reference(
        string url, string? header, string ours, string theirs)
    {
        await File.WriteAllTextAsync(netrc, "machine 127.0.0.1 login me password file", TestContext.Current.CancellationToken);
        foreach (var (mode, wanted) in ((Compatibility, string)[])[(Compatibility.None, ours), (Compatibility.ChaosToolkit, theirs)])
        {
            await using var server = RawServer.Answering(RawServer.Ok());
            using var calls = new HttpCalls(mode, new HttpSurroundings { NetrcPath = netrc });

            await calls.RunAsync($"{url}:{server.Port}/", header is null ? "{}" : $$$"""{"headers": {"Authorization": "{{{header}}}"}}""");

            Assert.Equal(wanted == "Own" ? wanted : Basic(wanted), HttpRequestTests.Header(server.Request, "Authorization"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("machine")]
    [InlineData("login")]
    [InlineData("machine other login a password")]
    [InlineData("\"\\")]
    public async Task S2_7_a_netrc_without_an_entry_for_the_host_changes_nothing(string content)
    {
        await File.WriteAllTextAsync(netrc, content, TestContext.Current.CancellationToken);
        await using var server = RawServer.Answering(RawServer.Ok());
        using var calls = new HttpCalls(surroundings: new HttpSurroundings { NetrcPath = netrc });

        await calls.RunAsync(server.Url);

        Assert.Null(HttpRequestTests.Header(server.Request, "Authorization"));
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_a_proxy_is_asked_for_other_hosts_and_never_for_loopback(Compatibility mode)
    {
        await using var proxy = RawServer.Answering(RawServer.Ok("from the proxy"));
        await using var server = RawServer.Answering(RawServer.Ok("from the server"));
        using var calls = new HttpCalls(mode, HttpCalls.Bare with { Proxy = new WebProxy(proxy.Url) });

        var far = await calls.RunAsync("http://far.invalid/x");
        Assert.Equal("from the proxy", far.Output!["body"]!.GetValue<string>());
        Assert.Equal("GET http://far.invalid/x HTTP/1.1", HttpRequestTests.FirstLine(proxy.Request));
        foreach (var host in (string[])["127.0.0.1", "localhost"])
        {
            Assert.Equal("from the server", (await calls.RunAsync($"http://{host}:{server.Port}/")).Output!["body"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task S2_7_https_through_a_proxy_asks_for_a_tunnel()
    {
        using var certificate = TestCertificates.SelfSigned("far.invalid");
        await using var server = RawServer.Answering(certificate, RawServer.Ok("far", "content-TYPE: x/y"));
        await using var proxy = new RawServer(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.TunnelAsync(server.Port);
        });
        using var calls = new HttpCalls(surroundings: HttpCalls.Bare with { Proxy = new WebProxy(proxy.Url) });

        var result = await calls.RunAsync("https://far.invalid/x", """{"verify_tls": false}""");

        Assert.Equal((ActivityEnd.Succeeded, null), (result.End, result.Message));
        Assert.StartsWith("CONNECT far.invalid:443 ", proxy.Request, StringComparison.Ordinal);
        Assert.Equal("""{"content-TYPE":"x/y","Content-Length":"3"}""", result.Output!["headers"]!.ToJsonString());
    }

    [Theory, MemberData(nameof(BothModes))]
    public async Task S2_7_a_proxy_that_refuses_is_a_failure_to_connect(Compatibility mode)
    {
        await using var proxy = RawServer.Answering(RawServer.Answer("403 Forbidden"));
        using var calls = new HttpCalls(mode, HttpCalls.Bare with { Proxy = new WebProxy(proxy.Url) });

        var result = await calls.RunAsync("https://far.invalid/x");

        Assert.Equal(
            (ActivityEnd.Failed, "failed to connect to https://far.invalid/x: the proxy did not open a way to the server"),
            (result.End, result.Message));
    }

    public void Dispose() => File.Delete(netrc);

    private static string Basic(string login) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(login));
}
