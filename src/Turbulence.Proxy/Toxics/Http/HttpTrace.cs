using System.Text;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>Finds the trace that a request belongs to (W3C Trace Context, 3.2).</summary>
internal static class HttpTrace
{
    // Those of the version that is in use have 55 characters; later ones may have more.
    private const int MostCharacters = 256;

    /// <summary>The request's <c>traceparent</c>; null for none.</summary>
    /// <param name="head">The request's head.</param>
    public static string? Find(ReadOnlySpan<byte> head)
    {
        var fields = new HttpFields(head);
        while (fields.MoveNext())
        {
            if (fields.Name.Length == 11 && HttpFields.Is(fields.Name, "traceparent"u8))
            {
                return Encoding.Latin1.GetString(fields.Value[..Math.Min(MostCharacters, fields.Value.Length)]);
            }
        }

        return null;
    }
}
