namespace RandomNumbers.RequireRand;

/// <summary>Reads an answer to its end before it is handed on, so that its body, too, has to be there within the server's time
/// limit.</summary>
/// <param name="largest">The most that is read, in bytes.</param>
internal sealed class WholeAnswers(int largest) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(largest, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
