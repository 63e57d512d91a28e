namespace Turbulence.JsonPaths.Reference;

/// <summary>Reads a query in the dialect of the reference runner: paths and what stands in their brackets.</summary>
internal sealed class ReferenceParser
{
    private readonly ReferenceReader _reader;
    private readonly ReferenceFilterParser _filters;

    private ReferenceParser(ReferenceReader reader)
    {
        _reader = reader;
        _filters = new(reader, this);
    }

    /// <summary>Reads a whole query.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="problem">What is wrong and at which column; null when nothing is.</param>
    /// <returns>The path; null when the text is no query.</returns>
    public static NodePath? Parse(string text, out string? problem)
    {
        var queryText = new QueryText(text);
        NodePath? path = null;
        if (ReferenceTokens.Read(queryText) is { } tokens)
        {
            var reader = new ReferenceReader(queryText, tokens);
            if (!reader.At("$"))
            {
                reader.FailExpected("'$'");
            }
            else
            {
                path = new ReferenceParser(reader).Path();
                if (path is not null && reader.Next.Kind != ReferenceTokenKind.End)
                {
                    reader.FailExpected("'.', '[' or the end");
                }
            }
        }

        problem = queryText.Problem;
        return problem is null ? path : null;
    }

    /// <summary>Reads a path from its <c>$</c> or <c>@</c> on; null when there is none.</summary>
    public NodePath? Path()
    {
        var fromRoot = _reader.Take("$");
        if (!fromRoot && !_reader.Take("@"))
        {
            _reader.FailExpected("'$' or '@'");
            return null;
        }

        var segments = new List<Segment>();
        while (_reader.At(".") || _reader.At("..") || _reader.At("["))
        {
            var descends = _reader.Take("..");
            var dotted = !descends && _reader.Take(".");
            var selectors = _reader.At("[") && !dotted ? Brackets() : Bareword() is { } selector ? [selector] : null;
            if (selectors is null)
            {
                return null;
            }

            segments.Add(new(descends, selectors));
        }

        return new(fromRoot, segments);
    }

    private Selector? Bareword()
    {
        if (_reader.Take("*"))
        {
            return new WildcardSelector();
        }

        if (_reader.Next.Kind != ReferenceTokenKind.Name)
        {
            _reader.FailExpected("a name or '*'");
            return null;
        }

        var name = _reader.Advance();
        return _reader.At("(") ? Call(name) : new NameSelector(name.Text);
    }

    private CallSelector? Call(ReferenceToken name)
    {
        if (_filters.Arguments() is not { } arguments)
        {
            return null;
        }

        if (ReferenceFunction.Find(name.Text) is { } function)
        {
            return new(function, arguments);
        }

        _reader.Fail($"there is no function '{name.Text}'; there are length, keys, values, entries, charAt and substring", name);
        return null;
    }

    private List<Selector>? Brackets()
    {
        _reader.Take("[");
        if (!_reader.Enter())
        {
            return null;
        }

        var selectors = new List<Selector>();
        do
        {
            if (Subscript() is not { } selector)
            {
                return null;
            }

            selectors.Add(selector);
        }
        while (_reader.Take(","));
        return _reader.Leave("]") ? selectors : null;
    }

    private Selector? Subscript()
    {
        var token = _reader.Next;
        switch (token.Kind)
        {
            case ReferenceTokenKind.Text:
                return new NameSelector(_reader.Advance().Text);
            case ReferenceTokenKind.Number:
                return IndexOrSlice();
            case ReferenceTokenKind.Name:
                _reader.Advance();
                return Call(token);
        }

        switch (token.Text)
        {
            case ":":
                return IndexOrSlice();
            case "*":
                _reader.Advance();
                return new WildcardSelector();
            case "$" or "@":
                return Path() is { } path ? new NestedPathSelector(path) : null;
            case "?":
                _reader.Advance();
                return _filters.Parentheses() is { } condition ? new NodeFilterSelector(condition) : null;
            default:
                _reader.FailExpected("a key in double quotes, an index, a slice, '*', '?(', a path or a call");
                return null;
        }
    }

    private Selector? IndexOrSlice()
    {
        if (!OptionalInteger(out var start))
        {
            return null;
        }

        if (!_reader.Take(":"))
        {
            return new IndexSelector(start!.Value);
        }

        long? step = null;
        return OptionalInteger(out var end) && (!_reader.Take(":") || OptionalInteger(out step))
            ? new ReferenceSliceSelector(start, end, step ?? 1)
            : null;
    }

    private bool OptionalInteger(out long? integer)
    {
        integer = null;
        var token = _reader.Next;
        if (token.Kind != ReferenceTokenKind.Number)
        {
            return true;
        }

        if (!PythonInteger.TryParse(token.Text, out var value))
        {
            return _reader.FailExpected("an integer");
        }

        _reader.Advance();
        integer = value;
        return true;
    }
}
