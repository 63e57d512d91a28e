namespace Turbulence.Services;

/// <summary>Asks services whether they are ready.</summary>
/// <param name="time">Paces the questions.</param>
internal sealed class ServiceReadiness(TimeProvider time) : IDisposable
{
    /// <summary>The pause between two questions.</summary>
    public static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
    });

    /// <summary>Asks once.</summary>
    /// <returns>Null when it is ready; otherwise what came instead of a good answer.</returns>
    public async Task<string?> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var response = await client.SendAsync(request, both.Token);
            return response.IsSuccessStatusCode ? null : $"it answers with status {(int)response.StatusCode}";
        }
        catch (HttpRequestException failure)
        {
            return failure.InnerException?.Message ?? failure.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"it takes the connection and does not answer within {Patience.TotalSeconds} s";
        }
    }

    /// <summary>Asks until the service is ready or the token is cancelled.</summary>
    /// <param name="url">Where to ask.</param>
    /// <param name="last">Told what came instead of a good answer, each time.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled before the service was ready.</exception>
    public async Task WaitAsync(Uri url, Action<string> last, CancellationToken cancellationToken)
    {
        while (await AskAsync(url, cancellationToken) is { } answer)
        {
            last(answer);
            await Task.Delay(Gap, time, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
