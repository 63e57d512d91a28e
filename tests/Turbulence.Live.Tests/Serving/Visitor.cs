using System.Net;

namespace Turbulence.Live.Tests.Serving;

/// <summary>A browser, as far as a server can tell.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, UseProxy = false };
    private readonly HttpClient client;

    public Visitor(Uri address)
    {
        Root = new Uri(address.GetLeftPart(UriPartial.Authority));
        client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Uri Root { get; }

    public CookieContainer Cookies => handler.CookieContainer;

    /// <summary>One that has opened the address that was printed.</summary>
    public static async Task<Visitor> LetInAsync(Uri address)
    {
        var visitor = new Visitor(address);
        using var answer = await visitor.GetAsync(address.PathAndQuery);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
        return visitor;
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? host = null) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(Root, path)), host);

    public Task<HttpResponseMessage> PostAsync(string path, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Root, path));
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return SendAsync(request, null);
    }

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
