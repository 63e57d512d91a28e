using System.Reflection;

namespace Turbulence.DotNetWorker.Assemblies;

/// <summary>The shared frameworks beside the one that the worker runs on, such as ASP.NET Core.</summary>
internal static class FrameworkFolders
{
    private static readonly Lazy<string[]> Siblings = new(Find);
    private static readonly Lazy<HashSet<string>> Own = new(OwnNames);

    /// <summary>Whether the worker's own framework, or the worker itself, has an assembly of that simple name.</summary>
    public static bool IsOwn(string name) => Own.Value.Contains(name);

    /// <summary>The file of an assembly of another shared framework, or null.</summary>
    public static string? FindFile(string name)
    {
        foreach (var folder in Siblings.Value)
        {
            var file = Path.Combine(folder, name + ".dll");
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }

    private static HashSet<string> OwnNames()
    {
        var files = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        return [.. files.Split(Path.PathSeparator).Select(file => Path.GetFileNameWithoutExtension(file))];
    }

    /// <summary>Of each other framework the version nearest to ours: the newest of our major version.</summary>
    private static string[] Find()
    {
        var own = Path.GetDirectoryName(typeof(object).GetTypeInfo().Assembly.Location);
        var shared = Path.GetDirectoryName(Path.GetDirectoryName(own));
        if (own is null || shared is null || !Directory.Exists(shared))
        {
            return [];
        }

        return [.. Directory.EnumerateDirectories(shared)
            .Order(StringComparer.Ordinal)
            .Select(framework => Directory.EnumerateDirectories(framework)
                .Where(folder => folder != own && VersionOf(folder)?.Major == Environment.Version.Major)
                .MaxBy(VersionOf))
            .OfType<string>()
            .Where(folder => Path.GetDirectoryName(folder) != Path.GetDirectoryName(own))];
    }

    private static Version? VersionOf(string folder) =>
        Version.TryParse(Path.GetFileName(folder).Split('-')[0], out var version) ? version : null;
}
