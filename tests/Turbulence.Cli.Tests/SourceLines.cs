using System.Runtime.CompilerServices;

namespace Turbulence.Cli.Tests;

/// <summary>The program's own source, for rules that no compiler holds.</summary>
internal static class SourceLines
{
    /// <summary>Every line below <c>src</c>, with the name of its file.</summary>
    public static IEnumerable<(string File, string Line)> All() =>
        Directory.EnumerateFiles(Path.Combine(Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => File.ReadLines(file).Select(line => (Path.GetFileNameWithoutExtension(file), line)));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
