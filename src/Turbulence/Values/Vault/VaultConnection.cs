using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Http;
using Turbulence.Json;
using Turbulence.Python;

namespace Turbulence.Values.Vault;

/// <summary>One request to Vault and its answer.</summary>
internal sealed class VaultConnection(VaultSettings settings, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private const int LargestAnswer = 16 * 1024 * 1024;
    private const int LongestMessage = 300;

    private const int MostRedirects = 5;

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <summary>The address as it may be shown: without credentials.</summary>
    private string Shown => settings.Address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Sends a request and reads the JSON object that comes back.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path below <c>/v1/</c>.</param>
    /// <param name="token">The token to send; null for none.</param>
    /// <param name="content">The body, and the credential in it that no message may repeat.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<VaultAnswer> SendAsync(
        HttpMethod method,
        string path,
        string? token,
        (JsonObject Body, string Credential)? content,
        CancellationToken cancellationToken)
    {
        var mask = SecretMask.Of([token ?? "", content?.Credential ?? ""]);
        using var limit = new CancellationTokenSource(timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        if (!VaultPath.Stays(path))
        {
            return new(null, VaultPath.Problem);
        }

        try
        {
            return await FollowAsync(method, Target(path), token, content?.Body.ToJsonString(), mask, linked.Token);
        }
        catch (HttpRequestException problem)
        {
            return new(null, mask.Apply($"{Shown} could not be reached: {problem.InnerException?.Message ?? problem.Message}"));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(null, string.Create(null, $"{Shown} gave no answer within {timeout.TotalSeconds} s"));
        }
    }

    /// <summary>
    /// Redirects are followed by hand, and only within the address that the token or the login was meant for: the handler below would take
    /// both to any host.
    /// </summary>
    private async ValueTask<VaultAnswer> FollowAsync(
        HttpMethod method, Uri url, string? token, string? body, SecretMask mask, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(method, url);
            if (!TryAddHeaders(request, token))
            {
                return new(null, "the token or the namespace holds characters that no header can carry");
            }

            if (body is not null)
            {
                request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
            }

            using var response = await http.SendAsync(request, cancellationToken);
            if (ContentLength.Problem(response) is { } problem)
            {
                return new(null, $"the answer of {Shown} cannot be used: {problem}");
            }

            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                return Answer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken), mask);
            }

            if (!Uri.TryCreate(url, location, out var next) || !HttpOrigin.IsSame(url, next))
            {
                var stranger = next?.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped) ?? "somewhere else";
                return new(
                    null, mask.Apply(
                        $"{Shown} redirects to {stranger}, which is another server and gets no credential of this one; is vault_addr to name it?"));
            }

            url = next;
        }

        return new(null, $"{Shown} redirects more than {MostRedirects} times");
    }

    public void Dispose() => http.Dispose();

    private Uri Target(string path)
    {
        var segments = path.Split('/').Select(Uri.EscapeDataString);
        return new Uri($"{settings.Address.AbsoluteUri.TrimEnd('/')}/v1/{string.Join('/', segments)}");
    }

    private bool TryAddHeaders(HttpRequestMessage request, string? token)
    {
        request.Headers.Add("X-Vault-Request", "true");
        return TryAddHeader(request, "X-Vault-Token", token) && TryAddHeader(request, "X-Vault-Namespace", settings.Namespace);
    }

    // HttpClient sends a line break in a value as it is, and what follows it as a header of its own.
    private static bool TryAddHeader(HttpRequestMessage request, string name, string? value) =>
        value is null || (!value.AsSpan().ContainsAnyExceptInRange(' ', '~') && request.Headers.TryAddWithoutValidation(name, value));

    private static VaultAnswer Answer(HttpStatusCode status, byte[] body, SecretMask mask)
    {
        if (body.Length == 0 && (int)status < 300)
        {
            return new(null);
        }

        var (value, failure) = JsonReading.Parse(body);
        if ((int)status >= 300)
        {
            var errors = (value as JsonObject)?["errors"] as JsonArray ?? [];
            var said = string.Join(", ", errors.Select(error => PythonText.Of(error).Trim().ReplaceLineEndings(" ")));
            var shown = mask.Mask(said).Shorten(LongestMessage);
            return new(null, $"Vault answered {(int)status}{(shown.Length > 0 ? $": {shown}" : "")}");
        }

        return failure is null ? new(value as JsonObject) : new(null, $"Vault's answer is {failure}");
    }
}
