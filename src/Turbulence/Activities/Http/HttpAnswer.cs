using System.Net;

namespace Turbulence.Activities.Http;

/// <summary>An answer, read as far as it is kept.</summary>
/// <param name="Status">The status.</param>
/// <param name="Head">The headers as they came.</param>
/// <param name="Body">The body, decompressed; empty for a redirect that is followed.</param>
/// <param name="Truncated">Whether the body went on.</param>
internal sealed record HttpAnswer(int Status, ResponseHead Head, ReadOnlyMemory<byte> Body, bool Truncated)
{
    /// <summary>Where a redirect leads; null for any other answer.</summary>
    public string? RedirectTo => IsRedirect((HttpStatusCode)Status) ? Head["Location"] : null;

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
