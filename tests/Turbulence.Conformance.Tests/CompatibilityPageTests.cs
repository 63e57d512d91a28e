using System.Text.RegularExpressions;

namespace Turbulence.Conformance.Tests;

/// <summary>Every proof that <c>docs/compatibility.md</c> names exists.</summary>
public sealed partial class CompatibilityPageTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Case.Folder, "..", "..", ".."));
    private static readonly string Page = File.ReadAllText(Path.Combine(Root, "docs", "compatibility.md"));

    [Fact]
    public void Every_case_that_the_page_names_exists()
    {
        var named = CaseName().Matches(Page).Select(match => match.Groups[1].Value).Distinct().ToList();
        Assert.True(named.Count > 100, $"the page names {named.Count} cases");
        Assert.Equal([], named.Where(name => !File.Exists(Path.Combine(Case.Folder, name + ".yaml"))));
    }

    [Fact]
    public void Every_unit_test_that_the_page_names_exists()
    {
        var named = TestName()
            .Matches(Page)
            .Select(match => (File: match.Groups[1].Value, Test: match.Groups[2].Value))
            .Distinct()
            .ToList();
        Assert.NotEmpty(named);
        var files = Directory
            .EnumerateFiles(Path.Combine(Root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(Path.GetFileNameWithoutExtension);
        Assert.Equal([], named.Where(name =>
            !files[name.File].Any(
                file => name.Test.Length == 0 || File.ReadAllText(file).Contains($" {name.Test}(", StringComparison.Ordinal))));
    }

    [GeneratedRegex(@"`(\d\d-[a-z0-9]+/[a-z0-9-]+)`")]
    private static partial Regex CaseName();

    [GeneratedRegex(@"`(\w+Tests)(?:\.(\w+))?`")]
    private static partial Regex TestName();
}
