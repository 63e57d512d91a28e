using System.Text.RegularExpressions;

namespace Turbulence.Cli.Tests;

/// <summary>
/// Only a masked text can be shortened: nothing else in the program puts an ellipsis in the place of a rest that could be half a secret.
/// </summary>
public sealed partial class ShorteningTests
{
    // What they shorten is no text of a run: a document that is not read yet, a server's answer before there are secrets, a protocol's
    // broken line, names of a type, a line that was held against the mask as a whole before a part of it is shown, a list of whole texts, a
    // hash, masked text that does not fit on a terminal, what a worker cuts far behind the place where the run cuts what it has masked, and
    // what stands in a journal, which was masked as a whole when it was written. A command whose name ends so asks something first.
    private static readonly string[] Others =
        ["JsonTokenMistake", "HttpSource", "RpcConnection", "ErrorLines", "SourceExcerpt", "TextValue", "ProcessSelection", "FileCorrupt", "Row", "ShownText", "ExceptionText", "MaskedText", "MarkdownReport", "ShortJson", "XmlText", "EdgeCommands"];

    [Fact]
    public void Nothing_but_a_masked_text_writes_an_ellipsis()
    {
        var found = SourceLines.All().Where(each => Ellipsis().IsMatch(each.Line)).Select(each => each.File).Distinct().ToList();
        Assert.Contains("MaskedText", found);
        Assert.Equal([], found.Except(Others).Order(StringComparer.Ordinal));
    }

    // In a text, and not in a comment.
    [GeneratedRegex("""^(?!\s*//).*"[^"]*…""")]
    private static partial Regex Ellipsis();
}
