namespace Turbulence.Cli.Mcp;

/// <summary>Where a path really leads, every symbolic link on its way followed.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The path without links; null where a part of it is not there, or leads in a circle.</summary>
    /// <param name="path">An absolute path.</param>
    public static string? Of(string path)
    {
        var links = 0;
        var root = Path.GetPathRoot(path)!;
        var left = new Stack<string>(Parts(path[root.Length..]).Reverse());
        var real = root;
        while (left.TryPop(out var part))
        {
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? root;
                continue;
            }

            var next = Path.Combine(real, part);
            try
            {
                FileSystemInfo entry = Directory.Exists(next) ? new DirectoryInfo(next) : new FileInfo(next);
                if (entry.LinkTarget is not { } target)
                {
                    if (!entry.Exists)
                    {
                        return null;
                    }

                    real = next;
                    continue;
                }

                if (++links > MostLinks)
                {
                    return null;
                }

                if (Path.IsPathRooted(target))
                {
                    real = Path.GetPathRoot(target)!;
                    target = target[real.Length..];
                }

                foreach (var step in Parts(target).Reverse())
                {
                    left.Push(step);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }

        return real;
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(static part => part != ".");
}
