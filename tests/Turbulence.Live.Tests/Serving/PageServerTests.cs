using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Turbulence.Live.Serving;

namespace Turbulence.Live.Tests.Serving;

/// <summary>Who is let in to pages, and who is not.</summary>
public sealed class PageServerTests : IAsyncLifetime
{
    private readonly Site site = new();
    private PageServer server = null!;

    public async ValueTask InitializeAsync() => server = await PageServer.StartAsync(site, 0);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Without_the_token_nothing_is_shown_and_nothing_is_done()
    {
        using var stranger = new Visitor(server.Address);
        foreach (var path in (string[])["/", "/page", "/?token=", "/?token=00000000000000000000000000000000", "/page?token"])
        {
            using var answer = await stranger.GetAsync(path);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        using var done = await stranger.PostAsync("/do", Origin(stranger));
        Assert.Equal(HttpStatusCode.Unauthorized, done.StatusCode);
        Assert.Equal(0, site.Asked);
    }

    [Fact]
    public async Task The_token_goes_from_the_address_into_a_cookie_that_no_script_can_read()
    {
        using var visitor = new Visitor(server.Address);
        using var answer = await visitor.GetAsync(server.Address.Query);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);

        using var page = await visitor.GetAsync("/page");
        Assert.Equal("the page", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example:80")]
    [InlineData("0.0.0.0")]
    [InlineData("localhost.")]
    public async Task A_name_of_somebody_else_that_leads_here_is_not_answered(string host)
    {
        using var visitor = await Visitor.LetInAsync(server.Address);
        var cookies = visitor.Cookies.GetCookieHeader(visitor.Root);
        var request = new HttpRequestMessage(HttpMethod.Get, visitor.Page("/page"));
        request.Headers.Add("Cookie", cookies);
        using var answer = await visitor.SendAsync(request, host);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, site.Asked);
    }

    [Fact]
    public async Task The_cookie_is_for_the_folder_of_this_server_and_outside_of_that_there_is_nothing()
    {
        using var visitor = await Visitor.LetInAsync(server.Address);
        Assert.NotEmpty(visitor.Cookies.GetCookieHeader(visitor.Root));
        Assert.Empty(visitor.Cookies.GetCookieHeader(new Uri(visitor.Origin)));
        foreach (var path in (string[])["/", "/page", "/" + server.Address.Query, server.Address.AbsolutePath.TrimEnd('/')])
        {
            using var answer = await visitor.GetAsync(visitor.Origin + path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal(0, site.Asked);
    }

    [Theory]
    [InlineData("localhost:1234")]
    [InlineData("127.0.0.1:9")]
    [InlineData("[::1]:80")]
    public async Task Another_port_of_this_machine_is_a_tunnel_and_answered(string host)
    {
        using var visitor = await Visitor.LetInAsync(server.Address);
        var request = new HttpRequestMessage(HttpMethod.Get, visitor.Page("/page"));
        request.Headers.Add("Cookie", visitor.Cookies.GetCookieHeader(visitor.Root));
        using var answer = await visitor.SendAsync(request, host);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("http://evil.example")]
    [InlineData("http://127.0.0.1")]
    [InlineData("https://OWN")]
    public async Task Another_page_can_do_nothing(string? origin)
    {
        using var visitor = await Visitor.LetInAsync(server.Address);
        using var answer = await visitor.PostAsync("/do", origin?.Replace("OWN", visitor.Root.Authority, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(0, site.Done);
    }

    [Fact]
    public async Task A_page_of_its_own_can()
    {
        using var visitor = await Visitor.LetInAsync(server.Address);
        using var answer = await visitor.PostAsync("/do", Origin(visitor));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(1, site.Done);
    }

    [Fact]
    public async Task The_token_in_the_address_of_a_post_lets_nobody_in()
    {
        using var stranger = new Visitor(server.Address);
        using var answer = await stranger.PostAsync("/do" + server.Address.Query, Origin(stranger));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task There_is_no_other_method(string method)
    {
        using var visitor = await Visitor.LetInAsync(server.Address);
        using var answer = await visitor.SendAsync(new HttpRequestMessage(new HttpMethod(method), visitor.Page("/do")), null);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(0, site.Done);
    }

    [Fact]
    public async Task Whatever_is_answered_tells_the_browser_to_fetch_nothing_else_and_to_keep_nothing()
    {
        using var visitor = await Visitor.LetInAsync(server.Address);
        using var stranger = new Visitor(server.Address);
        foreach (var answer in (HttpResponseMessage[])[await visitor.GetAsync("/page"), await visitor.GetAsync("/none"), await stranger.GetAsync("/")])
        {
            Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.True(answer.Headers.CacheControl!.NoStore);
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Two_servers_on_one_machine_each_know_their_own_readers()
    {
        await using var other = await PageServer.StartAsync(site, 0);
        using var visitor = await Visitor.LetInAsync(server.Address);
        using var refused = await visitor.GetAsync(new Uri(other.Address, "page").AbsoluteUri);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var first = await visitor.GetAsync(other.Address.AbsoluteUri);
        using var second = await visitor.GetAsync(new Uri(other.Address, "page").AbsoluteUri);
        using var still = await visitor.GetAsync("/page");
        Assert.Equal(
            [HttpStatusCode.Redirect, HttpStatusCode.OK, HttpStatusCode.OK], [first.StatusCode, second.StatusCode, still.StatusCode]);
    }

    [Fact]
    public async Task Nobody_from_elsewhere_reaches_it()
    {
        Assert.Equal("127.0.0.1", server.Address.Host);
        using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAnyAsync<SocketException>(async () =>
            await socket.ConnectAsync(IPAddress.IPv6Loopback, server.Address.Port, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_port_that_somebody_has_is_said_to_be_taken() =>
        await Assert.ThrowsAnyAsync<IOException>(() => PageServer.StartAsync(site, server.Address.Port));

    private static string Origin(Visitor visitor) => visitor.Origin;

    private sealed class Site : IPageSite
    {
        public int Asked { get; private set; }

        public int Done { get; private set; }

        public async Task<bool> GetAsync(string path, HttpResponse response, HttpRequest request, CancellationToken aborted)
        {
            Asked++;
            if (path != "page")
            {
                return false;
            }

            await response.WriteAsync("the page", aborted);
            return true;
        }

        public int Post(string path)
        {
            Done++;
            return StatusCodes.Status202Accepted;
        }
    }
}
