using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Turbulence.Cli.Tests;

/// <summary>Every test that <c>docs/safety.md</c> names exists: a promise is as good as what holds us to it.</summary>
public sealed partial class SafetyPageTests
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var root = Root();
        var page = File.ReadAllText(Path.Combine(root, "docs", "safety.md"));
        var named = TestName()
            .Matches(page)
            .Select(match => (File: match.Groups[1].Value, Test: match.Groups[2].Value))
            .Distinct()
            .ToList();
        Assert.InRange(named.Count, 10, int.MaxValue);
        var files = Directory
            .EnumerateFiles(Path.Combine(root, "tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(Path.GetFileNameWithoutExtension);
        Assert.Equal([], named.Where(name =>
            !files[name.File].Any(
                file => name.Test.Length == 0 || File.ReadAllText(file).Contains($" {name.Test}(", StringComparison.Ordinal))));
    }

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));

    [GeneratedRegex(@"`(\w+Tests)(?:\.(\w+))?`")]
    private static partial Regex TestName();
}
