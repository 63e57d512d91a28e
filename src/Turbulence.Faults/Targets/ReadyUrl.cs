namespace Turbulence.Faults.Targets;

/// <summary>Asks a service whether it is ready.</summary>
internal static class ReadyUrl
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Asks once, on a connection of its own.</summary>
    /// <returns>Null when it answers well; otherwise what came instead, in words that follow the URL.</returns>
    public static async Task<string?> AskAsync(Uri url, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var client = new HttpMessageInvoker(
            new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false });
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var response = await client.SendAsync(request, both.Token);
            return response.IsSuccessStatusCode ? null : $"answers with status {(int)response.StatusCode}";
        }
        catch (HttpRequestException failure)
        {
            return $"does not answer: {failure.InnerException?.Message ?? failure.Message}";
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"does not answer within {Patience.TotalSeconds} s";
        }
    }
}
