using System.Text;

namespace Turbulence.Proxy.Decisions;

/// <summary>
/// Takes out of what is written whatever somebody does not want to stand there. What is shortened or escaped was masked before: a part of a
/// secret is not found any more.
/// </summary>
/// <param name="mask">Does so with a text; null where nothing is taken out.</param>
internal sealed class DecisionMask(Func<string, string>? mask)
{
    /// <summary>The bytes without that; the same ones where there is nothing of it in them.</summary>
    public ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> bytes)
    {
        if (mask is null || bytes.IsEmpty)
        {
            return bytes;
        }

        // Bytes that are no UTF-8 stay as they came, unless there is something beside them.
        var text = Encoding.UTF8.GetString(bytes);
        return Apply(text) is var masked && masked == text ? bytes : Encoding.UTF8.GetBytes(masked);
    }

    /// <summary>The text without that.</summary>
    public string Apply(string text) => mask is null ? text : mask(text);

    /// <summary>The receipt without that.</summary>
    public RequestReceipt Apply(in RequestReceipt request) =>
        mask is null
            ? request
            : new(Apply(request.Method), Apply(request.Target), request.Occurrence, request.Number, Apply(request.Trace));
}
