using Turbulence.Platform.Http;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>Finds the trace that a request belongs to (W3C Trace Context, 3.2).</summary>
internal static class HttpTrace
{
    /// <summary>The request's <c>traceparent</c>; empty for none.</summary>
    /// <param name="head">The request's head.</param>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> head)
    {
        var fields = new HttpFields(head);
        while (fields.MoveNext())
        {
            if (fields.Name.Length == 11 && HttpFields.Is(fields.Name, "traceparent"u8))
            {
                return fields.Value;
            }
        }

        return [];
    }
}
