using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Services;

namespace Turbulence.Faults.Proxies;

/// <summary>Asks the API of the proxies that a run has started.</summary>
internal sealed class ProxyControl : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
    private readonly TimeProvider time;

    /// <summary>Makes one; nothing is asked.</summary>
    /// <param name="api">Where the API is.</param>
    /// <param name="token">The token that it wants.</param>
    /// <param name="time">Measures how long an answer takes.</param>
    public ProxyControl(Uri api, string token, TimeProvider time)
    {
        Api = api;
        Token = token;
        this.time = time;
    }

    /// <summary>Where the API is.</summary>
    public Uri Api { get; }

    /// <summary>The token that it wants.</summary>
    public string Token { get; }

    /// <summary>Makes proxies.</summary>
    /// <returns>Why one of them cannot be made, in one line; null where all listen.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<string?> CreateAsync(IEnumerable<ServiceProxy> proxies, CancellationToken cancellationToken)
    {
        foreach (var proxy in proxies)
        {
            var (isDone, problem) = await AskAsync(HttpMethod.Post, "proxies", new JsonObject { ["name"] = proxy.Name, ["listen"] = proxy.Listen, ["upstream"] = proxy.Upstream }, cancellationToken);
            if (!isDone)
            {
                return $"the proxy '{proxy.Name}' cannot listen on {proxy.Listen}: {problem}{Holder(proxy.Listen)}";
            }
        }

        return null;
    }

    /// <summary>Asks whether it answers.</summary>
    /// <returns>Null when it does; otherwise what it does instead, in words that follow its process.</returns>
    public async Task<string?> FindSilenceAsync() =>
        await AskAsync(HttpMethod.Get, "version", null, CancellationToken.None) is (false, var problem) ? $"does not answer at {Api}: {problem}" : null;

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    private static string Holder(string listen) =>
        int.TryParse(listen.AsSpan(listen.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && PortHolder.WordsFor(port) is { } holder
            ? $"; {holder} has the port"
            : "";

    private async Task<(bool IsDone, string? Problem)> AskAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(Api, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
            request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await client.SendAsync(request, either.Token);
            if (response.IsSuccessStatusCode)
            {
                return (true, null);
            }

            var text = await response.Content.ReadAsStringAsync(either.Token);
            return (false, Error(text) ?? $"status {(int)response.StatusCode}");
        }
        catch (HttpRequestException failure)
        {
            return (false, failure.InnerException?.Message ?? failure.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (false, string.Create(CultureInfo.InvariantCulture, $"no answer came within {Patience.TotalSeconds} s"));
        }
    }

    private static string? Error(string text)
    {
        try
        {
            return JsonNode.Parse(text)?["error"]?.GetValue<string>();
        }
        catch (Exception failure) when (failure is System.Text.Json.JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
