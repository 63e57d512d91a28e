using System.Text.RegularExpressions;

namespace Turbulence.Cli.Tests.Manual;

/// <summary>A block of code on a page of the manual.</summary>
/// <param name="Page">The page, from the top of the repository.</param>
/// <param name="Line">The line in which it begins, from 1.</param>
/// <param name="Language">What stands behind its first fence.</param>
/// <param name="Text">What is in it, without the indent of its fence.</param>
/// <param name="File">The file that the line before it says it is, <c>[name](path):</c>; null for none.</param>
internal sealed partial record PageBlock(string Page, int Line, string Language, string Text, string? File)
{
    /// <summary>Whether it is an experiment as a whole, and no part of one.</summary>
    public bool IsExperiment => Language is "yaml" or "json" && Title().IsMatch(Text) && Parts().IsMatch(Text);

    /// <summary>Those of the README and of every page under <c>docs</c>.</summary>
    public static IEnumerable<PageBlock> OfManual() => Directory
        .EnumerateFiles(Path.Combine(BuiltProgram.Root, "docs"), "*.md", SearchOption.AllDirectories)
        .Where(static file => !file.Contains("node_modules", StringComparison.Ordinal))
        .Append(Path.Combine(BuiltProgram.Root, "README.md"))
        .Order(StringComparer.Ordinal)
        .SelectMany(static file => Of(Path.GetRelativePath(BuiltProgram.Root, file), System.IO.File.ReadAllText(file)));

    /// <summary>Those of a page.</summary>
    public static IEnumerable<PageBlock> Of(string page, string text) => Fenced().Matches(text).Select(match => new PageBlock(
        page,
        text.AsSpan(0, match.Groups["indent"].Index).Count('\n') + 1,
        match.Groups["language"].Value,
        Regex.Replace(match.Groups["text"].Value, $"^{match.Groups["indent"].Value}", "", RegexOptions.Multiline),
        match.Groups["file"] is { Success: true } file ? file.Value : null));

    [GeneratedRegex(
        @"(?:^\[[^\]\n]*\]\((?<file>[^)\n]+)\):\n)?^(?<indent> *)```(?<language>\w*)\n(?<text>.*?)^ *```$",
        RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fenced();

    [GeneratedRegex(@"^(?:title:|  ""title"":)", RegexOptions.Multiline)]
    private static partial Regex Title();

    [GeneratedRegex(@"^(?:method|steady-state-hypothesis|  ""method""|  ""steady-state-hypothesis"")""?:", RegexOptions.Multiline)]
    private static partial Regex Parts();
}
