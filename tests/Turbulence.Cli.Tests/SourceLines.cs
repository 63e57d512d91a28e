using System.Runtime.CompilerServices;

namespace Turbulence.Cli.Tests;

/// <summary>The source of the program and of its tests, for rules that no compiler holds.</summary>
internal static class SourceLines
{
    /// <summary>Every line of the program, with the name of its file.</summary>
    public static IEnumerable<(string File, string Line)> All() => Below("src");

    /// <summary>Every line of the tests, with the name of its file.</summary>
    public static IEnumerable<(string File, string Line)> OfTests() => Below("tests");

    private static IEnumerable<(string File, string Line)> Below(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select(line => (Path.GetFileNameWithoutExtension(file), line)));

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
