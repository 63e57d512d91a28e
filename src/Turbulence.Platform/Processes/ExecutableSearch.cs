using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Processes;

/// <summary>Finds programs as a shell does, and as Python's <c>shutil.which</c>.</summary>
public static class ExecutableSearch
{
    private const int MayExecute = 1;

    /// <summary>
    /// Looks a program up. A name with a directory in it is only checked; any other is looked for in the directories of
    /// <paramref name="path"/>, in order.
    /// </summary>
    /// <param name="name">The program's name or file.</param>
    /// <param name="path">The directories, as in <c>PATH</c>; null for ours, and <c>/bin:/usr/bin</c> when we have none.</param>
    /// <param name="workingDirectory">Where relative names and directories start; null for our current directory.</param>
    /// <returns>The file, as it was written or as its directory was; null when there is no file that we may execute.</returns>
    public static string? Find(string name, string? path = null, string? workingDirectory = null)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        if (Path.GetDirectoryName(name) is not "")
        {
            return Check(name, workingDirectory);
        }

        path ??= Environment.GetEnvironmentVariable("PATH") ?? (OperatingSystem.IsWindows() ? "" : "/bin:/usr/bin");
        return path.Length == 0
            ? null
            : path.Split(Path.PathSeparator)
                .Select(
                    directory => Check(directory.Length == 0 ? Path.Combine(".", name) : Path.Combine(directory, name), workingDirectory))
                .FirstOrDefault(file => file is not null);
    }

    private static string? Check(string file, string? workingDirectory)
    {
        foreach (var ending in OperatingSystem.IsWindows() ? WindowsEndings() : [""])
        {
            var whole = workingDirectory is null ? file + ending : Path.Combine(workingDirectory, file + ending);
            if (IsProgram(whole))
            {
                return file + ending;
            }
        }

        return null;
    }

    private static bool IsProgram(string file)
    {
        // Most directories of a PATH do not have it, which one call tells.
        if (OperatingSystem.IsLinux())
        {
            return LibC.Access(file, MayExecute) == 0 && File.Exists(file);
        }

        const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return File.Exists(file) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & AnyExecute) != 0);
    }

    private static string[] WindowsEndings() =>
        ["", .. (Environment.GetEnvironmentVariable("PATHEXT") ?? ".COM;.EXE;.BAT;.CMD").Split(';')];
}
