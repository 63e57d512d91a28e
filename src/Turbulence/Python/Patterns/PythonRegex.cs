using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Turbulence.Documents;

namespace Turbulence.Python.Patterns;

/// <summary>
/// A regular expression of the experiment format: the syntax and meaning of Python's <c>re</c> (version 3.12) on text,
/// carried out by .NET's engine.
/// </summary>
/// <remarks>
/// Known differences: a character by its name (<c>\N{...}</c>) is a problem; characters outside the basic plane are one
/// character each but belong to none of <c>\d</c>, <c>\s</c>, <c>\w</c>; without regard to case, more pairs than the ASCII
/// letters follow .NET's table of Unicode.
/// </remarks>
internal sealed class PythonRegex
{
    /// <summary>How long one search may take before it is given up: 1 second. A hostile pattern would go on for ages.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(1);

    private readonly string pattern;
    private readonly Regex plain;
    private Regex? whole;

    private PythonRegex(string pattern, Regex plain, string? pythonProblem)
    {
        this.pattern = pattern;
        this.plain = plain;
        PythonProblem = pythonProblem;
    }

    /// <summary>Why Python would not take the pattern, which is then read as .NET's own syntax; null for a Python pattern.</summary>
    public string? PythonProblem { get; }

    /// <summary>Translates a pattern. Never throws.</summary>
    /// <param name="pattern">The pattern in Python's syntax; in the default mode also in .NET's, where it is not Python's.</param>
    /// <param name="compatibility">Whose rules apply.</param>
    /// <param name="regex">The expression; null when there is a problem.</param>
    /// <param name="problem">What is wrong with the pattern, in Python's words; null when nothing is.</param>
    /// <returns>Whether the pattern can be used.</returns>
    public static bool TryTranslate(
        string pattern,
        Compatibility compatibility,
        [NotNullWhen(true)] out PythonRegex? regex,
        [NotNullWhen(false)] out string? problem)
    {
        regex = null;
        problem = null;
        try
        {
            regex = new(pattern, Translate(pattern, wholeCharacters: false), null);
            return true;
        }
        catch (FormatException mistake)
        {
            problem = mistake.Message;
        }
        catch (ArgumentException mistake)
        {
            // Python takes it and .NET does not: a limit of the engine.
            problem = mistake.Message;
        }

        if (compatibility == Compatibility.None && TryCreate(pattern, out var own))
        {
            regex = new(pattern, own, problem);
            problem = null;
            return true;
        }

        return false;
    }

    /// <summary>Looks for a match anywhere in <paramref name="text"/> (Python's <c>search</c>).</summary>
    /// <param name="text">Any text.</param>
    /// <param name="found">Whether there is a match.</param>
    /// <returns>False when the search took longer than <see cref="TimeLimit"/>.</returns>
    public bool TrySearch(string text, out bool found)
    {
        try
        {
            found = For(text).IsMatch(text);
            return true;
        }
        catch (RegexMatchTimeoutException)
        {
            found = false;
            return false;
        }
    }

    // Most texts have no surrogates, and without them a dot is one fast step instead of a choice.
    private Regex For(string text) =>
        PythonProblem is not null || !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            ? plain
            : whole ??= Translate(pattern, wholeCharacters: true);

    private static Regex Translate(string pattern, bool wholeCharacters)
    {
        var translator = new PatternTranslator(pattern, wholeCharacters);
        var translated = translator.Translate();
        return Create(translated, translator.GlobalFlags.HasFlag(PatternFlags.IgnoreCase) ? RegexOptions.IgnoreCase : RegexOptions.None);
    }

    private static bool TryCreate(string pattern, [NotNullWhen(true)] out Regex? regex)
    {
        try
        {
            regex = Create(pattern, RegexOptions.None);
            return true;
        }
        catch (ArgumentException)
        {
            regex = null;
            return false;
        }
    }

    private static Regex Create(string pattern, RegexOptions options) => new(pattern, options | RegexOptions.CultureInvariant, TimeLimit);
}
