namespace Turbulence.Cli.Tests.Schemas;

/// <summary>
/// docs/format.md says what validation reads. <c>UPDATE_GOLDEN=1</c> writes its tables anew; what stands around them is written by hand.
/// </summary>
public sealed class FormatPageTests
{
    private const string Begin = "<!-- from here on made from the code: UPDATE_GOLDEN=1 writes it -->\n\n";

    private static readonly string File = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "docs", "format.md"));

    [Fact]
    public async Task The_page_has_every_key_of_the_format_as_it_is_declared()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var page = (await System.IO.File.ReadAllTextAsync(File, cancellation)).ReplaceLineEndings("\n");
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        Assert.True(begin > 0, "the page has no place for the tables");
        var written = page[..(begin + Begin.Length)] + FormatPage.Tables().TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            await System.IO.File.WriteAllTextAsync(File, written, cancellation);
            return;
        }

        Assert.Equal(written, page);
    }

    [Fact]
    public async Task Every_link_within_the_page_leads_to_a_heading()
    {
        var page = await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken);
        var anchors = page.Split('\n').Where(static line => line.StartsWith('#'))
            .Select(static line => string.Concat(line.TrimStart('#', ' ').ToLowerInvariant()
                .Where(static letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-'))
            .ToHashSet();
        var links = System.Text.RegularExpressions.Regex.Matches(page, @"\]\(#([^)]*)\)").Select(static link => link.Groups[1].Value).ToList();
        Assert.True(links.Count > 50, $"{links.Count} links");
        Assert.All(links, link => Assert.Contains(link, anchors));
    }
}
