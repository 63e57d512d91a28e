namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>Reads a query as RFC 9535, sections 2.1 to 2.5; what is said about filters is in <see cref="FilterParser"/>.</summary>
internal sealed class Rfc9535Parser
{
    private readonly QueryText _text;
    private readonly FilterParser _filters;

    private Rfc9535Parser(string text)
    {
        _text = new(text);
        _filters = new(_text, this);
    }

    /// <summary>Reads a whole query.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="problem">What is wrong and at which column; null when nothing is.</param>
    /// <returns>The path; null when the text is no query.</returns>
    public static NodePath? Parse(string text, out string? problem)
    {
        var parser = new Rfc9535Parser(text);
        var path = parser._text.Next == '$' ? parser.Path() : null;
        if (path is null)
        {
            parser._text.FailExpected("'$'");
        }
        else if (!parser._text.AtEnd)
        {
            parser._text.FailExpected("'.', '[' or the end");
        }

        problem = parser._text.Problem;
        return problem is null ? path : null;
    }

    /// <summary>Reads a path from its <c>$</c> or <c>@</c> on; null when there is none.</summary>
    public NodePath? Path()
    {
        var fromRoot = _text.Next == '$';
        if (!_text.Take('$') && !_text.Take('@'))
        {
            _text.FailExpected("'$' or '@'");
            return null;
        }

        var segments = new List<Segment>();
        while (AtSegment())
        {
            if (Segment() is not { } segment)
            {
                return null;
            }

            segments.Add(segment);
        }

        return new(fromRoot, segments);
    }

    // Blanks may stand before a segment, but not after the last one.
    private bool AtSegment()
    {
        var start = _text.Position;
        _text.SkipBlanks();
        if (_text.Next is '.' or '[')
        {
            return true;
        }

        _text.Position = start;
        return false;
    }

    private Segment? Segment()
    {
        var descends = _text.Take("..");
        var dotted = !descends && _text.Take('.');
        if (_text.Next == '[' && !dotted)
        {
            return Brackets() is { } selectors ? new(descends, selectors) : null;
        }

        return Shorthand() is { } selector ? new(descends, [selector]) : null;
    }

    private Selector? Shorthand()
    {
        if (_text.Take('*'))
        {
            return new WildcardSelector();
        }

        var start = _text.Position;
        while (TakeNameCharacter(first: _text.Position == start))
        {
        }

        if (_text.Position > start)
        {
            return new NameSelector(_text.Slice(start));
        }

        _text.FailExpected("a name or '*'");
        return null;
    }

    private bool TakeNameCharacter(bool first)
    {
        var unit = _text.Next;
        if (char.IsSurrogatePair(unit, _text.Peek(1)))
        {
            _text.Position += 2;
            return true;
        }

        if (!char.IsAsciiLetter(unit) && unit != '_' && (unit < 0x80 || char.IsSurrogate(unit)) && (first || !char.IsAsciiDigit(unit)))
        {
            return false;
        }

        _text.Position++;
        return true;
    }

    private List<Selector>? Brackets()
    {
        _text.Take('[');
        if (!_text.Enter())
        {
            return null;
        }

        var selectors = new List<Selector>();
        do
        {
            _text.SkipBlanks();
            if (Selector() is not { } selector)
            {
                return null;
            }

            selectors.Add(selector);
            _text.SkipBlanks();
        }
        while (_text.Take(','));

        if (!_text.Take(']'))
        {
            _text.FailExpected("',' or ']'");
            return null;
        }

        _text.Leave();
        return selectors;
    }

    private Selector? Selector()
    {
        switch (_text.Next)
        {
            case '*':
                _text.Take('*');
                return new WildcardSelector();
            case '?':
                _text.Take('?');
                return _filters.Condition() is { } condition ? new FilterSelector(condition) : null;
            case '"' or '\'':
                return StringLiteral.Read(_text) is { } name ? new NameSelector(name) : null;
            case ':' or '-' or (>= '0' and <= '9'):
                return IndexOrSlice();
            default:
                _text.FailExpected("a name in quotes, an index, a slice, '*' or '?'");
                return null;
        }
    }

    private Selector? IndexOrSlice()
    {
        if (!OptionalInteger(out var start))
        {
            return null;
        }

        var afterStart = _text.Position;
        _text.SkipBlanks();
        if (!_text.Take(':'))
        {
            _text.Position = afterStart;
            return new IndexSelector(start!.Value);
        }

        _text.SkipBlanks();
        if (!OptionalInteger(out var end))
        {
            return null;
        }

        _text.SkipBlanks();
        long? step = null;
        if (_text.Take(':'))
        {
            _text.SkipBlanks();
            if (!OptionalInteger(out step))
            {
                return null;
            }
        }

        return new SliceSelector(start, end, step ?? 1);
    }

    private bool OptionalInteger(out long? integer)
    {
        integer = null;
        if (_text.Next != '-' && !char.IsAsciiDigit(_text.Next))
        {
            return true;
        }

        integer = NumberLiteral.ReadInteger(_text);
        return integer is not null;
    }
}
