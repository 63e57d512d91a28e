using System.Globalization;
using System.Text;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>
/// Checks a pattern against the grammar of RFC 9485 and writes it as .NET reads it. Everything that stands for a character
/// becomes a set of code points, because .NET sees a code point beyond U+FFFF as two characters.
/// </summary>
internal sealed class IRegexpTranslator
{
    private const int MaxDepth = 100;

    // Nested counts multiply: ((a{100}){100}){100} is a million states.
    private const int MaxRepeats = 10_000;

    private readonly QueryText _pattern;
    private readonly StringBuilder _translated = new();
    private string? _tooLarge;

    private IRegexpTranslator(string pattern) => _pattern = new(pattern);

    /// <summary>
    /// The pattern as .NET reads it; null when it is no I-Regexp, and then <paramref name="problem"/> is null, or is too large.
    /// </summary>
    public static string? Translate(string pattern, out string? problem)
    {
        var translator = new IRegexpTranslator(pattern);
        var complete = translator.Branches(depth: 0, out _) && translator._pattern.AtEnd;
        problem = translator._tooLarge;
        return complete ? translator._translated.ToString() : null;
    }

    private bool Branches(int depth, out long repeats)
    {
        repeats = 1;
        if (depth > MaxDepth)
        {
            return TooLarge($"the regular expression has more than {MaxDepth} groups in one another");
        }

        do
        {
            while (!_pattern.AtEnd && _pattern.Next is not ('|' or ')'))
            {
                if (!Piece(depth, out var inner))
                {
                    return false;
                }

                repeats = Math.Max(repeats, inner);
            }
        }
        while (TakeBranch());
        return true;
    }

    private bool TakeBranch()
    {
        if (!_pattern.Take('|'))
        {
            return false;
        }

        _translated.Append('|');
        return true;
    }

    private bool Piece(int depth, out long repeats)
    {
        repeats = 1;
        if (_pattern.Take('('))
        {
            _translated.Append("(?:");
            if (!Branches(depth + 1, out repeats) || !_pattern.Take(')'))
            {
                return false;
            }

            _translated.Append(')');
        }
        else if (_pattern.Next is '^' or '$')
        {
            // The grammar has them as characters, the mappings of section 5 and the compliance suite of RFC 9535 as anchors.
            _translated.Append(_pattern.Next == '^' ? @"(?:\A)" : @"(?:\z)");
            _pattern.Position++;
        }
        else if (CharacterClass.Read(_pattern) is { } characters)
        {
            characters.AppendTo(_translated);
        }
        else
        {
            return false;
        }

        return Quantifier(ref repeats);
    }

    private bool Quantifier(ref long repeats)
    {
        if (_pattern.Next is '*' or '+' or '?')
        {
            _translated.Append(_pattern.Next);
            _pattern.Position++;
            return true;
        }

        if (!_pattern.Take('{'))
        {
            return true;
        }

        if (!Count(out var least))
        {
            return false;
        }

        var most = least;
        var unbounded = false;
        if (_pattern.Take(','))
        {
            unbounded = _pattern.Next == '}';
            if (!unbounded && !Count(out most))
            {
                return false;
            }
        }

        if (!_pattern.Take('}') || most < least)
        {
            return false;
        }

        repeats *= Math.Max(1, most);
        _translated.Append(CultureInfo.InvariantCulture, $"{{{least},");
        if (!unbounded)
        {
            _translated.Append(most);
        }

        _translated.Append('}');
        return repeats <= MaxRepeats || TooLarge($"the regular expression repeats something more than {MaxRepeats} times");
    }

    private bool Count(out int count)
    {
        var start = _pattern.Position;
        while (char.IsAsciiDigit(_pattern.Next))
        {
            _pattern.Position++;
        }

        var digits = _pattern.Slice(start);
        count = 0;
        return digits.Length > 0
            && (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out count)
                || TooLarge($"the regular expression repeats something more than {MaxRepeats} times"));
    }

    private bool TooLarge(string problem)
    {
        _tooLarge = problem;
        return false;
    }
}
