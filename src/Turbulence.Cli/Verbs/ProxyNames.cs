using System.CommandLine.Completions;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Proxy.Api.Tokens;

namespace Turbulence.Cli.Verbs;

/// <summary>The proxies of a server, for a shell that completes one; none where it does not say so at once.</summary>
internal static class ProxyNames
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    /// <summary>Asks for them.</summary>
    /// <param name="api">The server.</param>
    /// <param name="tokenFile">Where its token stands; null for none.</param>
    public static IEnumerable<CompletionItem> Of(Uri api, string? tokenFile)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = 1 << 20,
        };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api, "proxies"));
            if (tokenFile is not null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiToken.Read(tokenFile).Text);
            }

            using var response = http.Send(request);
            return response.IsSuccessStatusCode && JsonNode.Parse(response.Content.ReadAsStream()) is JsonObject proxies
                ? [.. proxies.Select(static proxy => new CompletionItem(
                    proxy.Key, detail: $"to {(proxy.Value as JsonObject)?["upstream"]?.ToString()}"))]
                : [];
        }
        catch (Exception silence)
            when (silence is HttpRequestException or TaskCanceledException or JsonException or IOException or UnauthorizedAccessException
                or FormatException)
        {
            return [];
        }
    }
}
