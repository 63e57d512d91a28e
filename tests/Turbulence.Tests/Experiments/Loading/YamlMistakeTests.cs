using Turbulence.Loading;

namespace Turbulence.Tests.Experiments.Loading;

/// <summary>A person who has never heard of a parser has to understand what is wrong with a YAML file.</summary>
public sealed class YamlMistakeTests
{
    private static readonly string[] Jargon = [
        "scan", "token", "scalar", "flow", "node", "stream", "parsing", "indicator", "octet", "mapping", "sequence",
    ];

    [Theory]
    [InlineData("While parsing a block mapping, did not find expected key.", "indentation")]
    [InlineData("While parsing a block collection, did not find expected '-' indicator.", "next item")]
    [InlineData("While parsing a flow mapping, did not find expected ',' or '}'.", "'{' is not closed")]
    [InlineData("While parsing a flow sequence, did not find expected ',' or ']'.", "'[' is not closed")]
    [InlineData("While scanning a simple key, could not find expected ':'.", "':' after the key")]
    [InlineData("While scanning a plain scalar value, found invalid mapping.", "in quotes")]
    [InlineData("While scanning a multiline plain scalar, found invalid mapping.", "in quotes")]
    [InlineData("Mapping values are not allowed in this context.", "in quotes")]
    [InlineData("Mapping keys are not allowed in this context.", "indentation")]
    [InlineData("Block sequence entries are not allowed in this context.", "a line of its own")]
    [InlineData("While scanning for the next token, found character that cannot start any token.", "in quotes")]
    [InlineData("While scanning a quoted scalar, found unexpected end of stream.", "not closed")]
    [InlineData("While scanning a quoted scalar, found unexpected document indicator.", "not closed")]
    [InlineData("While scanning a quoted scalar, found unknown escape character.", "backslash")]
    [InlineData("While scanning a quoted scalar, did not find expected hexadecimal number.", "digits")]
    [InlineData("While scanning a quoted scalar, found invalid Unicode character escape code.", "number of a character")]
    [InlineData("While scanning a quoted scalar, found invalid Unicode surrogates.", "half")]
    [InlineData("While scanning a multi-line double-quoted scalar, found wrong indentation.", "deeper")]
    [InlineData("While scanning a mapping, found invalid tab as indentation.", "spaces")]
    [InlineData("While scanning a plain scalar, found a tab character that violate indentation.", "spaces")]
    [InlineData("While scanning a block scalar, did not find expected comment or line break.", "'#'")]
    [InlineData("While scanning a block scalar, found an indentation indicator equal to 0.", "next line")]
    [InlineData("While scanning a literal block scalar, found extra spaces in first line.", "indented alike")]
    [InlineData("While scanning a literal block scalar, found more spaces in lines above first content line.", "indented alike")]
    [InlineData("While scanning plain scalar, found a comment between adjacent scalars.", "'#'")]
    [InlineData("While scanning an anchor or alias, found value containing disallowed: []{},", "in quotes")]
    [InlineData("While parsing a node, found more than one anchor.", "two anchors")]
    [InlineData("While parsing a node, found undefined tag handle.", "in quotes")]
    [InlineData("While scanning a tag, did not find expected whitespace, comma or line break.", "in quotes")]
    [InlineData("While scanning a %YAML directive, did not find expected version number.", "'%'")]
    [InlineData("While parsing a node, did not find expected node content.", "a value")]
    [InlineData("Did not find expected <document start>.", "indentation")]
    [InlineData("Did not find expected <document end>.", "indentation")]
    [InlineData("Something that the parser learns to say one day.", "not YAML")]
    public void What_the_parser_says_is_told_in_plain_words(string said, string word)
    {
        var told = YamlMistake.Text(said);
        Assert.Contains(word, told, StringComparison.Ordinal);
        Assert.DoesNotContain(Jargon, part => told.Contains(part, StringComparison.OrdinalIgnoreCase));
        Assert.False(told.EndsWith('.') || told.Contains('\n'), told);
    }
}
