using System.Globalization;

namespace Turbulence.Http;

/// <summary>Reads the lengths that an answer says its body has (RFC 9112, section 6.3).</summary>
internal static class ContentLength
{
    private const int LongestShown = 30;

    /// <summary>
    /// Why nobody can say where the body ends: lengths that contradict each other, or one that is no length, or more than there can be.
    /// Null when all is well.
    /// </summary>
    /// <param name="lines">Each <c>Content-Length</c> line of the answer.</param>
    public static string? Problem(IEnumerable<string> lines)
    {
        var lengths = lines.SelectMany(line => line.Split(',')).Select(length => length.Trim(' ', '\t')).Distinct().ToList();
        var odd = lengths.Find(length => !long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out _));
        return odd is not null ? $"its Content-Length '{(odd.Length > LongestShown ? odd[..LongestShown] : odd)}' is no length"
            : lengths.Count > 1 ? "its Content-Length headers contradict each other"
            : null;
    }

    /// <summary>The same, of an answer that the handler has read.</summary>
    public static string? Problem(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Length", out var lines) ? Problem(lines) : null;
}
