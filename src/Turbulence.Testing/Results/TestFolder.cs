using System.Collections.Concurrent;
using System.Globalization;

namespace Turbulence.Testing.Results;

/// <summary>Where the runs of a test leave their files: <c>TestResults/chaos/NAME</c> beside the test's assembly.</summary>
internal static class TestFolder
{
    private const int LongestName = 80;

    // Two tests of one name, or two runs of one test, have a folder each; those of the last time are replaced.
    private static readonly ConcurrentDictionary<string, int> Taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes one, empty.</summary>
    /// <param name="test">The test's name.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static DirectoryInfo Make(string test)
    {
        var name = Clean(test);
        var number = Taken.AddOrUpdate(name, 1, static (_, count) => count + 1);
        var folder = new DirectoryInfo(Path.Combine(
            AppContext.BaseDirectory,
            "TestResults",
            "chaos",
            number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}")));
        if (folder.Exists)
        {
            folder.Delete(recursive: true);
        }

        folder.Create();
        return folder;
    }

    private static string Clean(string test)
    {
        var name = string.Concat(test.Select(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '_')).Trim('.');
        return name.Length == 0 ? "test" : name.Length <= LongestName ? name : name[^LongestName..].TrimStart('.');
    }
}
