namespace Turbulence.Testing.Isolation;

/// <summary>Puts a test's trace and baggage on requests that have none, for clients that do not do so themselves.</summary>
/// <param name="baggage">The test's.</param>
internal sealed class BaggageHandler(TestBaggage baggage) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Mark(request);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Mark(request);
        return base.Send(request, cancellationToken);
    }

    private void Mark(HttpRequestMessage request)
    {
        if (!request.Headers.Contains("traceparent"))
        {
            request.Headers.TryAddWithoutValidation("traceparent", baggage.TraceParent);
        }

        if (!request.Headers.Contains("baggage"))
        {
            request.Headers.TryAddWithoutValidation("baggage", baggage.Entry);
        }
    }
}
