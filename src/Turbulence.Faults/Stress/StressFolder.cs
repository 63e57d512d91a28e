using System.Globalization;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Stress;

/// <summary>The folder in which a stress child makes its files, and what it may have left there.</summary>
internal static class StressFolder
{
    /// <summary>The argument <c>path</c>, for the description of a kind.</summary>
    public static FaultArgument Argument { get; } =
        new("path", ArgumentType.Path, "a folder on the disk, relative to the experiment's folder") { IsRequired = true };

    /// <summary>The beginning of the names of a fault's files.</summary>
    public static string Name(string fault) => $".turbulence-{fault}-fill-";

    /// <summary>
    /// Reads the argument <c>path</c>; what is wrong with it is refused through <paramref name="arguments"/>, and null returned.
    /// </summary>
    public static string? Read(ArgumentReader arguments, string baseDirectory)
    {
        if (arguments.Text("path") is not { } text || arguments.Problem is not null)
        {
            return null;
        }

        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(text, baseDirectory));
        if (FileStatus.Read(folder, follow: true) is not { Type: FileNodeType.Folder })
        {
            arguments.Refuse($"{folder} is not a folder");
        }
        else if (!FileStatus.IsWritable(folder))
        {
            arguments.Refuse($"{folder} cannot be written to");
        }

        return arguments.Problem is null ? folder : null;
    }

    /// <summary>The room that the files of a fault really take which a process holds open, in bytes.</summary>
    public static long HeldBy(int process, string name)
    {
        try
        {
            return Directory.EnumerateFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/fd"))
                .Where(file => Path.GetFileName(new FileInfo(file).LinkTarget)?.StartsWith(name, StringComparison.Ordinal) == true)
                .Sum(file => FileStatus.Read(file, follow: true)?.AllocatedBytes ?? 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Removes the files that a child left which died between making one and taking its name away.</summary>
    public static StepResult CleanUp(string folder, string name)
    {
        try
        {
            foreach (var file in Left(folder, name))
            {
                File.Delete(file);
            }

            return StepResult.Done;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return StepResult.Failed($"cannot remove {name}* in {folder}: {failure.Message}");
        }
    }

    /// <summary>What is left, in one line; null for nothing.</summary>
    public static string? Rest(string folder, string name) => Left(folder, name) is [var file, ..] ? $"{file} is still there" : null;

    private static string[] Left(string folder, string name) =>
        FileStatus.Find(folder) is null ? [] : Directory.GetFiles(folder, name + "*");
}
