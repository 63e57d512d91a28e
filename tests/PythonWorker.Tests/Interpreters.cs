using Turbulence.Hosts.Python;

namespace PythonWorker.Tests;

/// <summary>The Pythons of this machine.</summary>
internal static class Interpreters
{
    private const string Oldest = "3.8";

    /// <summary>The one that <c>chaos</c> would take; the test is skipped without one.</summary>
    public static async Task<string> DefaultAsync()
    {
        var search = await new PythonRuntime().FindAsync(TestContext.Current.CancellationToken);
        Needs.That(search.IsFound, Needs.Python);
        return search.Launch.FileName;
    }

    /// <summary>The one of that version (<c>3.8</c>), where pyenv has installed it.</summary>
    public static string? Find(string version) =>
        Installed().FirstOrDefault(each => Version(each).StartsWith(version + ".", StringComparison.Ordinal));

    /// <summary>The newest that pyenv has installed.</summary>
    public static string? Newest() =>
        Installed().Where(each => System.Version.TryParse(Version(each), out _)).MaxBy(each => System.Version.Parse(Version(each)));

    /// <summary>The oldest that the worker speaks to, where it is installed.</summary>
    public static string? OldestSupported() => Find(Oldest);

    private static string[] Installed()
    {
        var versions = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pyenv", "versions");
        return Directory.Exists(versions)
            ? [.. Directory.GetDirectories(versions).Select(each => Path.Combine(each, "bin", "python")).Where(File.Exists)]
            : [];
    }

    private static string Version(string interpreter) => Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(interpreter)!)!);
}
