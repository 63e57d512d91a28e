using Turbulence.Documents;
using YamlDotNet.Core;

namespace Turbulence.Loading;

/// <summary>The parser's places in our form, and its complaints in plain words: what stands wrong, and what to write instead.</summary>
internal static class YamlMistake
{
    // A part of what the parser says, in the order in which they are tried, and what it means to somebody who has never seen a parser.
    private static readonly (string Part, string Words)[] Words =
    [
        ("tab", "a tab cannot indent a line: use spaces"),
        ("',' or '}'", "expected ',' or '}': the map that begins with '{' is not closed"),
        ("',' or ']'", "expected ',' or ']': the list that begins with '[' is not closed"),
        ("did not find expected key", "expected another key of the map that began above: check the indentation, the quotes and the ':' here and in the line before"),
        ("expected '-' indicator", "expected '-' and the next item of the list that began above: check the indentation"),
        ("could not find expected ':'", "expected ':' after the key"),
        ("invalid mapping", "a second ': ' in one line: put a text that holds one in quotes, or check the indentation"),
        ("Mapping values are not allowed", "a ': ' cannot stand here: put a text that holds one in quotes, or check the indentation"),
        ("Mapping keys are not allowed", "a key cannot begin here: check the indentation"),
        ("Block sequence entries are not allowed", "an item of a list ('- ') cannot begin here: put it on a line of its own and check the indentation"),
        ("cannot start any token", "a text cannot begin with this character: put it in quotes"),
        ("found unexpected end of stream", "the quote that begins here is not closed"),
        ("unexpected document indicator", "a line '---' or '...' within a quoted text: the quote before it is not closed"),
        ("unknown escape character", @"no such escape in double quotes: write \\ for a backslash, or use single quotes"),
        ("escape code", @"\x, \u and \U in double quotes need the number of a character"),
        ("hexadecimal number", @"\x, \u and \U in double quotes need two, four or eight hexadecimal digits"),
        ("surrogate", @"half of a pair of \u escapes: the other half is missing"),
        ("wrong indentation", "every line of a quoted text must be indented deeper than its key"),
        ("comment", "a comment needs a space before its '#'"),
        ("block scalar", "the text behind '|' or '>' begins on the next line, and all of its lines are indented alike"),
        ("more spaces in lines above", "the text behind '|' or '>' begins on the next line, and all of its lines are indented alike"),
        ("more than one anchor", "two anchors (&name) at one value"),
        ("anchor", "an anchor (&name) or an alias (*name) cannot stand here; a text that begins with & or * is put in quotes"),
        ("document cannot contain only an alias", "an alias (*name) alone is no document"),
        ("directive", "a line that begins with '%' is about YAML itself, and this one is wrong"),
        ("incompatible YAML", "only YAML 1.1 and 1.2 are read"),
        ("tag", "a tag (!name) is wrong here; a text that begins with ! is put in quotes"),
        ("document start", "expected the end of the document: check the indentation of this line"),
        ("document end", "expected the end of the document: check the indentation of this line"),
        ("node", "expected a value"),
    ];

    /// <summary>The same place, counted as everywhere here.</summary>
    public static SourcePosition ToPosition(this Mark mark) => new((int)mark.Line, (int)mark.Column);

    /// <summary>What is wrong, as one line that begins small and ends without a full stop, for use behind a colon.</summary>
    public static string Text(YamlException mistake) => Text(mistake.Message);

    /// <summary>The same for the parser's own text.</summary>
    public static string Text(string said) =>
        Array.Find(Words, entry => said.Contains(entry.Part, StringComparison.OrdinalIgnoreCase)).Words
            ?? "this is not YAML: check the indentation, the quotes and the ':'";
}
