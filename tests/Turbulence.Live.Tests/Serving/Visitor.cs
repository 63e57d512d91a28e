using System.Net;

namespace Turbulence.Live.Tests.Serving;

/// <summary>A browser, as far as a server can tell.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, UseProxy = false };
    private readonly HttpClient client;

    public Visitor(Uri address)
    {
        Root = new Uri(address.GetLeftPart(UriPartial.Path));
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The folder that all pages are in.</summary>
    public Uri Root { get; }

    /// <summary>What the pages themselves come from.</summary>
    public string Origin => Root.GetLeftPart(UriPartial.Authority);

    public CookieContainer Cookies => handler.CookieContainer;

    /// <summary>One that has opened the address that was printed.</summary>
    public static async Task<Visitor> LetInAsync(Uri address)
    {
        var visitor = new Visitor(address);
        using var answer = await visitor.GetAsync(address.Query);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(address.AbsolutePath, answer.Headers.Location!.OriginalString);
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? host = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, Page(path)), host);

    public Task<HttpResponseMessage> PostAsync(string path, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Page(path));
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return SendAsync(request, null);
    }

    /// <summary>The address of a page of the server; one that begins with a scheme stays what it is.</summary>
    public Uri Page(string path) => new(Root, path.TrimStart('/'));

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? host)
    {
        request.Headers.Host = host;
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        client.Dispose();
        handler.Dispose();
    }
}
