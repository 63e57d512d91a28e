namespace Turbulence.Testing.Results;

/// <summary>Finds the experiment that a test names: its assembly is built into some folder below the one that has both.</summary>
internal static class ExperimentFile
{
    /// <summary>The full path of the file, or what was given where there is none: whoever loads it says so.</summary>
    /// <param name="name">A path or a URL.</param>
    public static string Find(string name)
    {
        if (Path.IsPathRooted(name) || name.Contains("://", StringComparison.Ordinal))
        {
            return name;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, name) is var path && File.Exists(path))
            {
                return path;
            }
        }

        return name;
    }
}
