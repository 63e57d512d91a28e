using System.Globalization;

namespace Turbulence.Python.Patterns;

/// <summary>
/// Translates Python's <c>re</c> syntax to .NET's by reading all of it, so that what is a mistake there is one here and
/// what merely looks alike (<c>\Z</c>, <c>\w</c>, the numbers of groups, <c>{,n}</c>, brackets in a set) means the same.
/// </summary>
/// <remarks>
/// <code>
/// Choice     = Sequence ('|' Sequence)*
/// Sequence   = (Atom Quantifier?)*
/// Atom       = character | '.' | '^' | '$' | '\' escape | '[' set ']' | '(' group ')'
/// </code>
/// Every mistake is a <see cref="FormatException"/> with Python's own words.
/// </remarks>
/// <param name="pattern">The Python pattern.</param>
/// <param name="wholeCharacters">Whether a pair of surrogates counts as one character; slower, for texts that have some.</param>
internal sealed partial class PatternTranslator(string pattern, bool wholeCharacters)
{
    // Python gives up at some hundreds, depending on the stack that is left.
    private const int DeepestNesting = 200;

    private readonly PatternSource source = new(pattern);
    private readonly PatternGroups groups = new();
    private int depth;

    /// <summary>The flags that stand at the beginning of the pattern and hold for all of it.</summary>
    public PatternFlags GlobalFlags { get; private set; }

    /// <summary>The .NET pattern; flags other than <see cref="PatternFlags.IgnoreCase"/> are worked into it.</summary>
    /// <exception cref="FormatException">Python would not take the pattern.</exception>
    public string Translate()
    {
        var whole = Choice(PatternFlags.None, atTop: true);
        if (!source.AtEnd)
        {
            throw new FormatException("unbalanced parenthesis");
        }

        groups.CheckConditions();
        return whole.Text;
    }

    private PatternPiece Choice(PatternFlags flags, bool atTop = false)
    {
        List<PatternPiece> branches = [];
        do
        {
            branches.Add(Sequence(atTop ? GlobalFlags : flags, mayHaveGlobalFlags: atTop && branches.Count == 0));
        }
        while (source.Take('|'));

        return PatternPiece.Choice(branches);
    }

    private PatternPiece Sequence(PatternFlags flags, bool mayHaveGlobalFlags = false)
    {
        if (++depth > DeepestNesting)
        {
            throw new FormatException($"groups are nested deeper than {DeepestNesting}");
        }

        List<PatternPiece> pieces = [];
        while (!source.AtEnd && source.Next is not { Escaped: false, Value: '|' or ')' })
        {
            var token = source.Take();
            if (flags.HasFlag(PatternFlags.Verbose) && SkipsBlank(token))
            {
                continue;
            }

            if (token is { Escaped: false, Value: '*' or '+' or '?' or '{' } && TryQuantifier(token.Value, out var least, out var most))
            {
                var repeated = Repeat(pieces.LastOrDefault(PatternPiece.Place("")), least, most);
                pieces[^1] = repeated;
            }
            else if (Atom(token, flags, mayHaveGlobalFlags && pieces.Count == 0) is { } piece)
            {
                pieces.Add(piece);
            }
            else if (mayHaveGlobalFlags)
            {
                flags = GlobalFlags;
            }
        }

        depth--;
        return PatternPiece.Sequence(pieces);
    }

    private bool SkipsBlank(PatternToken token)
    {
        if (token is { Escaped: false, Value: '#' })
        {
            while (!source.AtEnd && source.Take() != new PatternToken('\n', false))
            {
                // A comment ends with its line.
            }

            return true;
        }

        return token is { Escaped: false, Value: ' ' or '\t' or '\n' or '\r' or '\v' or '\f' };
    }

    private PatternPiece? Atom(PatternToken token, PatternFlags flags, bool mayHaveGlobalFlags) => token switch
    {
        { Escaped: true } => Escape(token.Value, flags),
        { Value: '.' } => PatternPiece.Character(PatternClasses.Except(flags.HasFlag(PatternFlags.DotAll) ? "" : @"\n", wholeCharacters)),
        { Value: '^' } => PatternPiece.Place(flags.HasFlag(PatternFlags.Multiline) ? "(?m:^)" : @"\A"),
        { Value: '$' } => PatternPiece.Place(flags.HasFlag(PatternFlags.Multiline) ? "(?m:$)" : @"\Z"),
        { Value: '[' } => PatternPiece.Character(Set(flags)),
        { Value: '(' } => Group(flags, mayHaveGlobalFlags),
        _ => Literal(token.Value),
    };

    private static PatternPiece Literal(int codePoint)
    {
        var text = CodePoint.Literal(codePoint);
        return PatternPiece.Character(codePoint < CodePoint.FirstAstral ? text : $"(?:{text})");
    }

    private PatternPiece Escape(int letter, PatternFlags flags)
    {
        var ascii = flags.HasFlag(PatternFlags.Ascii);
        switch (letter)
        {
            case 'A':
                return PatternPiece.Place(@"\A");
            case 'Z':
                return PatternPiece.Place(@"\z");
            case 'b' or 'B':
                return PatternPiece.Place(PatternClasses.Boundary(inside: letter == 'B', ascii));
            case 'd' or 's' or 'w':
                return PatternPiece.Character($"[{PatternClasses.Members((char)letter, ascii)}]");
            case 'D' or 'S' or 'W':
                var members = PatternClasses.Members(char.ToLowerInvariant((char)letter), ascii);
                return PatternPiece.Character(PatternClasses.Except(members, wholeCharacters));
            case '0':
                return Literal(PatternEscapes.Octal(source.TakeWhile(CodePoint.IsOctalDigit, 2)));
            case >= '1' and <= '9':
                return OctalOrReference((char)letter);
            default:
                return Literal(PatternEscapes.Read(letter, source));
        }
    }

    // Three octal digits are a character, anything else with one or two digits a group: so it has been since Perl.
    private PatternPiece OctalOrReference(char digit)
    {
        var digits = digit + source.TakeWhile(CodePoint.IsDigit, 1);
        if (digits.Length == 2 && !digits.AsSpan().ContainsAnyExceptInRange('0', '7') && CodePoint.IsOctalDigit(source.Next))
        {
            return Literal(PatternEscapes.Octal(digits + source.Take()));
        }

        return groups.Refer(int.Parse(digits, CultureInfo.InvariantCulture));
    }

    private bool TryQuantifier(int symbol, out long least, out long most)
    {
        (least, most) = symbol switch { '?' => (0L, 1L), '+' => (1, PatternPiece.Endless), _ => (0, PatternPiece.Endless) };
        if (symbol != '{')
        {
            return true;
        }

        var start = source.Mark;
        var low = source.TakeWhile(CodePoint.IsDigit);
        var hasComma = source.Take(',');
        var high = hasComma ? source.TakeWhile(CodePoint.IsDigit) : low;
        if ((low.Length == 0 && !hasComma) || !source.Take('}'))
        {
            // Python takes a brace that makes no quantifier as itself.
            source.Return(start);
            return false;
        }

        least = low.Length == 0 ? 0 : Times(low);
        most = high.Length == 0 ? PatternPiece.Endless : Times(high);
        return least <= most ? true : throw new FormatException("min repeat greater than max repeat");
    }

    private static long Times(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? times
            : throw new FormatException("the repetition number is too large");

    private PatternPiece Repeat(PatternPiece piece, long least, long most)
    {
        if (piece.Kind == PieceKind.Place)
        {
            throw new FormatException("nothing to repeat");
        }

        if (piece.Kind == PieceKind.Repeated)
        {
            throw new FormatException("multiple repeat");
        }

        var quantifier = (least, most) switch
        {
            (0, 1) => "?",
            (0, PatternPiece.Endless) => "*",
            (1, PatternPiece.Endless) => "+",
            (_, PatternPiece.Endless) => string.Create(CultureInfo.InvariantCulture, $"{{{least},}}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{{{least},{most}}}"),
        };
        var text = piece.Text + quantifier;
        text = source.Take('?') ? text + "?" : source.Take('+') ? $"(?>{text})" : text;
        return new(text, Times(piece.Shortest, least), Times(piece.Longest, most), PieceKind.Repeated);
    }

    private static long Times(long length, long times) =>
        length == 0 || times == 0 ? 0 : length > PatternPiece.Endless / times ? PatternPiece.Endless : length * times;
}
