using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Turbulence.Tests.House;

/// <summary>
/// Links of the manual and of the other pages for readers lead somewhere: to a file that is there, and to a heading that it has.
/// </summary>
public sealed partial class ManualLinksTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    public static TheoryData<string> Pages { get; } =
    [
        .. new[] { "README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md" }
            .Concat(((string[])["docs", "samples", "src", "benchmarks"]).SelectMany(static folder =>
                Directory.EnumerateFiles(Path.Combine(Root, folder), "*.md", SearchOption.AllDirectories)
                    .Select(static file => Path.GetRelativePath(Root, file))))
            .Where(static page => !page.Split('/', '\\').Any(static part => part is "node_modules" or "obj" or "bin"))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Its_links_lead_somewhere(string page)
    {
        var file = Path.Combine(Root, page);
        Assert.Equal([], Targets(File.ReadAllText(file)).Select(target => Problem(file, target)).OfType<string>());
    }

    [Fact]
    public void A_link_that_leads_nowhere_is_found()
    {
        var here = Path.Combine(Root, "docs", "faults.md");
        Assert.Null(Problem(here, "network-faults.md#what-holds-for-udp"));
        Assert.Null(Problem(here, "#processkill"));
        Assert.NotNull(Problem(here, "nothing.md"));
        Assert.NotNull(Problem(here, "network-faults.md#nothing"));
        Assert.Equal(["a.md#b", "../c"], Targets("[x](a.md#b) and ![y](../c), not [z](https://example.com) nor\n```\n[code](in/code)\n```\nor `[code](x)`"));
    }

    [Fact]
    public void Every_page_of_the_manual_is_in_its_table_of_contents()
    {
        var contents = Targets(File.ReadAllText(Path.Combine(Root, "docs", "README.md")))
            .Select(static target => Path.GetFullPath(Path.Combine(Root, "docs", target.Split('#')[0]))).ToHashSet();
        Assert.Equal([], Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "README.md" && !contents.Contains(file)).Select(file => Path.GetRelativePath(Root, file)));
    }

    private static IEnumerable<string> Targets(string text) => Link().Matches(Code().Replace(text, ""))
        .Select(static match => match.Groups[1].Value)
        .Where(static target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal));

    private static string? Problem(string page, string target)
    {
        var (path, anchor) = target.Split('#', 2) is [var first, var second] ? (first, second) : (target, "");
        var file = path.Length == 0 ? page : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(page)!, path));
        return !File.Exists(file) && !Directory.Exists(file)
            ? $"{target}: there is no such file"
            : anchor.Length > 0 && !Anchors(File.ReadAllText(file)).Contains(anchor) ? $"{target}: there is no such heading"
            : null;
    }

    // As GitHub makes them: small letters, no punctuation, a hyphen for each space; the second of a name gets a number.
    private static HashSet<string> Anchors(string text)
    {
        var anchors = new HashSet<string>();
        foreach (Match heading in Heading().Matches(Fence().Replace(text, "")))
        {
            var name = new StringBuilder();
            foreach (var letter in LinkOfHeading().Replace(heading.Groups[1].Value.Trim(), "$1").ToLower(CultureInfo.InvariantCulture))
            {
                name.Append(char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : letter == ' ' ? '-' : null);
            }

            for (var number = 0; !anchors.Add(number == 0 ? name.ToString() : $"{name}-{number}"); number++)
            {
            }
        }

        return anchors;
    }

    [GeneratedRegex(@"\]\(([^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^(?: *)```.*?^ *```|`[^`\n]+`", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^(?: *)```.*?^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("^#{1,6} (.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkOfHeading();
}
