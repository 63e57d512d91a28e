using System.Text;
using Turbulence.Documents;
using YamlDotNet.Core;

namespace Turbulence.Loading;

/// <summary>
/// Reads one YAML document (UTF-8) into the nodes that JSON would give, with the types of YAML 1.1 as the reference's safe
/// loader has them: <c>on</c> is true, <c>010</c> is 8, a date is its ISO text, <c>&lt;&lt;</c> merges. A scalar whose type may
/// surprise its writer gets a warning.
/// </summary>
public static class YamlDocumentReader
{
    /// <summary>
    /// How many values aliases may add to a document. Nested aliases grow with the power of their depth (a few lines can ask
    /// for billions of values); this many is far beyond what a person writes.
    /// </summary>
    public const int MaximumAliasedValues = 250_000;

    /// <summary>Reads a whole document. Any bytes give a result; what is wrong with them is an error in plain words.</summary>
    public static ParsedDocument Read(ReadOnlySpan<byte> bytes)
    {
        if (Utf8Text.Examine(bytes, out var utf8) is { } foreign)
        {
            return ParsedDocument.Failed(foreign);
        }

        if (YamlCharacters.FirstForbidden(utf8) is { } forbidden)
        {
            return ParsedDocument.Failed(forbidden);
        }

        var scanner = new Scanner(new StringReader(Encoding.UTF8.GetString(utf8)));
        var builder = new YamlDocumentBuilder(new Parser(scanner));
        try
        {
            return builder.Build();
        }
        catch (YamlRefusal refusal)
        {
            return Failed(refusal.Path, refusal.Place, refusal.Message);
        }
        catch (YamlException mistake)
        {
            // The parser places a wrong tab at the key that its line belongs to.
            var tab = mistake.Message.Contains("tab", StringComparison.Ordinal);
            return Failed(DocumentPath.Root, tab ? scanner.CurrentPosition : mistake.Start, YamlMistake.Text(mistake));
        }
        catch (Exception mistake) when (mistake is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // The parser's own slips on odd input; its place is as far as it came.
            return Failed(DocumentPath.Root, scanner.CurrentPosition, "this is not YAML");
        }

        ParsedDocument Failed(DocumentPath path, Mark place, string message) =>
            ParsedDocument.Failed(new Problem(path.ToString(), place.ToPosition(), message), builder.Warnings);
    }
}
