using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Turbulence.Python;

namespace Turbulence.Values;

/// <summary>The forms in which a secret can stand in a text: as it is, and as JSON, URLs, shells, Python and HTML write it.</summary>
internal static class SecretEncodings
{
    private const string Unreserved = "-._~";

    // What a URL may hold as it is in some place or other (RFC 3986), which clients leave alone.
    private const string Reserved = Unreserved + ":/?#[]@!$&'()*+,;=";

    // What bash's printf %q puts a backslash before.
    private const string ShellSpecial = " !\"$&'()*,;<>?[\\]^`{|}\t";

    /// <summary>Every form of <paramref name="secret"/>; some of them are the same.</summary>
    public static IEnumerable<string> Of(string secret)
    {
        yield return secret;
        yield return secret.ToUpperInvariant();
        yield return secret.ToLowerInvariant();
        yield return Convert.ToHexString(Encoding.UTF8.GetBytes(secret));
        yield return Convert.ToHexStringLower(Encoding.UTF8.GetBytes(secret));
        foreach (var form in Json(secret).SelectMany(form => Json(form).Prepend(form)))
        {
            yield return form;
        }

        foreach (var form in (string[])[Unreserved, Unreserved + "/", "-._*", "-._!()*", "-._~!'()*", Reserved])
        {
            foreach (var blank in (string[])["%20", "+"])
            {
                yield return Percent(secret, form, blank, "X2");
                yield return Percent(secret, form, blank, "x2");
            }
        }

        yield return secret.Replace("'", @"'\''", StringComparison.Ordinal);
        yield return secret.Replace("'", "'\"'\"'", StringComparison.Ordinal);
        yield return Backslashed(secret, "\\\"$`");
        yield return Backslashed(secret, "\\\"$`!");
        yield return Backslashed(secret, ShellSpecial);
        yield return Backslashed(secret, ShellSpecial + "#~=");
        foreach (var quote in "'\"\0")
        {
            yield return Python(secret, quote);
            yield return PythonBytes(secret, quote);
        }

        yield return System.Net.WebUtility.HtmlEncode(secret);
        yield return HtmlEncoder.Default.Encode(secret);
    }

    private static IEnumerable<string> Json(string text)
    {
        var relaxed = JsonEncodedText.Encode(Scalar(text), JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return JsonEncodedText.Encode(Scalar(text)).ToString();
        yield return relaxed;
        yield return relaxed.Replace("/", @"\/", StringComparison.Ordinal);

        var ascii = new StringBuilder();
        foreach (var c in relaxed)
        {
            _ = c > '~' ? ascii.Append(null, $"\\u{(int)c:x4}") : ascii.Append(c);
        }

        yield return ascii.ToString();
    }

    // The encoders take no half of a surrogate pair; what they put in its place is what a writer would write.
    private static string Scalar(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string Percent(string text, string kept, string blank, string format)
    {
        var encoded = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            _ = (char)b switch
            {
                ' ' => encoded.Append(blank),
                var c when char.IsAsciiLetterOrDigit(c) || kept.Contains(c, StringComparison.Ordinal) => encoded.Append(c),
                _ => encoded.Append('%').Append(b.ToString(format, null)),
            };
        }

        return encoded.ToString();
    }

    private static string Backslashed(string text, string special)
    {
        var quoted = new StringBuilder();
        foreach (var c in text)
        {
            _ = special.Contains(c, StringComparison.Ordinal) ? quoted.Append('\\').Append(c) : quoted.Append(c);
        }

        return quoted.ToString();
    }

    private static string Python(string text, char quote)
    {
        var quoted = new StringBuilder();
        PythonQuoting.WriteContent(text, quote, quoted);
        return quoted.ToString();
    }

    private static string PythonBytes(string text, char quote)
    {
        var quoted = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            _ = b > '~' ? quoted.Append(null, $"\\x{b:x2}") : quoted.Append(Python(((char)b).ToString(), quote));
        }

        return quoted.ToString();
    }
}
