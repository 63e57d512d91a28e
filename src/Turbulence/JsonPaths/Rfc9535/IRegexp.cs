using System.Text.RegularExpressions;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>A regular expression of RFC 9485, run by the .NET engine that takes time linear in the text.</summary>
internal sealed class IRegexp
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(5);

    private readonly Regex? _regex;
    private readonly string? _problem;

    private IRegexp(string pattern, Regex? regex, string? problem)
    {
        Pattern = pattern;
        _regex = regex;
        _problem = problem;
    }

    /// <summary>The pattern as it was written.</summary>
    public string Pattern { get; }

    /// <summary>Reads a pattern; one that is no I-Regexp matches nothing.</summary>
    /// <param name="pattern">Any text.</param>
    /// <param name="wholeText">Whether it has to match all of a text or just a part.</param>
    public static IRegexp Parse(string pattern, bool wholeText)
    {
        if (IRegexpTranslator.Translate(pattern, out var problem) is not { } translated)
        {
            return new(pattern, null, problem);
        }

        try
        {
            var whole = wholeText ? $@"\A(?:{translated})\z" : translated;
            return new(pattern, new(whole, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, LongestMatch), null);
        }
        catch (Exception refusal) when (refusal is ArgumentException or NotSupportedException)
        {
            return new(pattern, null, $"the regular expression of {pattern.Length} characters is too large");
        }
    }

    /// <summary>Whether the text matches.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="problem">Why that cannot be said: the pattern is too large or takes too long; null when it can.</param>
    public bool IsMatch(string text, out string? problem)
    {
        problem = _problem;
        if (_regex is null)
        {
            return false;
        }

        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            problem = $"the regular expression of {Pattern.Length} characters took more than {LongestMatch.TotalSeconds} s";
            return false;
        }
    }
}
