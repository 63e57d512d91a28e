using Microsoft.AspNetCore.Http;

namespace Turbulence.Live.Serving;

/// <summary>Sends the page of a report, whose style and script stand in it: that page may run them, and ask for nothing.</summary>
internal static class ReportAnswer
{
    private const string Policy = "default-src 'none';style-src 'unsafe-inline';script-src 'unsafe-inline';"
        + "base-uri 'none';form-action 'none';frame-ancestors 'none'";

    /// <summary>Sends it.</summary>
    public static async Task SendAsync(HttpResponse response, ReadOnlyMemory<byte> html, CancellationToken aborted)
    {
        response.Headers.ContentSecurityPolicy = Policy;
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = html.Length;
        await response.Body.WriteAsync(html, aborted);
        await response.CompleteAsync();
    }
}
