using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Turbulence.Values.Vault;

/// <summary>One request to Vault and its answer.</summary>
internal sealed class VaultConnection(VaultSettings settings, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private const int LargestAnswer = 16 * 1024 * 1024;
    private const int LongestMessage = 300;

    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LargestAnswer };

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
        using var request = new HttpRequestMessage(method, Target(path));
        if (!TryAddHeaders(request, token))
        {
            return new(null, "the token or the namespace holds characters that no header can carry");
        }

        if (content is not null)
        {
            request.Content = new StringContent(content.Value.Body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        try
        {
            using var response = await http.SendAsync(request, linked.Token);
            return Answer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(linked.Token), mask);
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
            said = mask.Apply(said);
            said = said.Length > LongestMessage ? said[..LongestMessage] + "…" : said;
            return new(null, $"Vault answered {(int)status}{(said.Length > 0 ? ": " + said : "")}");
        }

        return failure is null ? new(value as JsonObject) : new(null, $"Vault's answer is {failure}");
    }
}
