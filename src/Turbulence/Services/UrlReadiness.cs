namespace Turbulence.Services;

/// <summary><c>ready.url</c>: ready when it answers with a status from 200 to 299.</summary>
/// <param name="Url">The URL, <c>http</c> or <c>https</c>. No redirect is followed, and no proxy is asked.</param>
public sealed record UrlReadiness(Uri Url) : ReadyCondition
{
    /// <summary>The key of <c>ready</c>.</summary>
    internal const string Key = "url";

    /// <inheritdoc/>
    public override string Words => $"{Url} answers";

    /// <inheritdoc/>
    public override string Place => Url.ToString();

    /// <inheritdoc/>
    public override int? Port => Url.Port;

    internal override string? Address => new HostAndPort(Url.IdnHost, Url.Port).ToString();

    internal override string Lack => $"{Url} does not answer";

    private protected override bool IsLoopback => Url.IsLoopback;

    internal override async Task<string?> AskAsync(
        ServiceReadiness readiness, SupervisedService? service, CancellationToken cancellationToken)
    {
        using var limit = readiness.Limit(cancellationToken);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Url);
            using var response = await readiness.Client.SendAsync(request, limit.Token);
            return response.IsSuccessStatusCode ? null : $"it answers with status {(int)response.StatusCode}";
        }
        catch (HttpRequestException failure)
        {
            return failure.InnerException?.Message ?? failure.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it takes the connection and does not answer within {ServiceReadiness.Patience.TotalSeconds} s";
        }
    }
}
