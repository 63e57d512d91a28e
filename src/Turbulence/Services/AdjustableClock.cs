using System.Runtime.InteropServices;
using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>
/// A clock of a service's own, which a fault can move while the service runs: the run starts it with <c>libfaketime</c>, which the system
/// loads into every program that it starts from there on, and which reads from a file how far the clock of the day is to be off. What
/// measures time (the monotonic clock) stays as it is.
/// </summary>
public sealed class AdjustableClock
{
    /// <summary>What stands in the service's <c>clock</c>.</summary>
    public const string Word = "adjustable";

    /// <summary>The variable that names the file.</summary>
    public const string FileVariable = "FAKETIME_TIMESTAMP_FILE";

    /// <summary>What the file holds where the clock is right.</summary>
    public const string Right = "+0";

    /// <summary>How the files of the library are called begins so.</summary>
    public const string LibraryName = "libfaketime";

    private const string Preload = "LD_PRELOAD";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private AdjustableClock(string file, string library)
    {
        File = file;
        Library = library;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The library.</summary>
    public string Library { get; }

    /// <summary>Why no clock can be made here, in words that follow "an adjustable clock"; null where one can.</summary>
    public static string? Problem => !OperatingSystem.IsLinux() ? "is there on Linux alone"
        : FindLibrary() is null ? "needs libfaketime, which is not installed: it is in Debian's package libfaketime"
        : null;

    /// <summary>Makes one, and its file.</summary>
    /// <param name="environment">Says where such files are.</param>
    /// <returns>The clock, or why there is none, in one line.</returns>
    internal static (AdjustableClock? Clock, string? Problem) Make(RunEnvironment environment)
    {
        if (OperatingSystem.IsWindows() || FindLibrary() is not { } library)
        {
            return (null, $"an adjustable clock {Problem}");
        }

        if (environment.ClockFolder is not { } folder)
        {
            return (null, "an adjustable clock needs a state folder, which this run does not have");
        }

        try
        {
            Directory.CreateDirectory(folder, Private | UnixFileMode.UserExecute);
            var path = Path.Combine(folder, Guid.NewGuid().ToString("n"));
            using var file = new FileStream(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = Private,
            });
            file.Write("+0\n"u8);
            return (new AdjustableClock(path, library), null);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return (null, $"the file of its adjustable clock cannot be made: {failure.Message}");
        }
    }

    /// <summary>An environment, with what the library needs over it.</summary>
    internal IReadOnlyDictionary<string, string> Over(IReadOnlyDictionary<string, string> environment)
    {
        var before = environment.GetValueOrDefault(Preload);
        return new Dictionary<string, string>(environment)
        {
            [Preload] = string.IsNullOrEmpty(before) ? Library : $"{Library}:{before}",
            [FileVariable] = File,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
    }

    /// <summary>Removes the file, when nobody reads it any more.</summary>
    internal void Remove()
    {
        try
        {
            System.IO.File.Delete(File);
            if (Path.GetDirectoryName(File) is { } folder && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The next command removes what a run has left that is no more.
        }
    }

    private static string? FindLibrary()
    {
        var triplet = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "x86_64-linux-gnu",
            Architecture.Arm64 => "aarch64-linux-gnu",
            _ => "",
        };
        string[] folders = [$"/usr/lib/{triplet}/faketime", "/usr/lib64/faketime", "/usr/lib/faketime", "/usr/local/lib/faketime"];

        // The second is for programs of one thread.
        string[] names = [$"{LibraryName}MT.so.1", $"{LibraryName}.so.1"];
        return folders.SelectMany(folder => names.Select(name => Path.Combine(folder, name))).FirstOrDefault(System.IO.File.Exists);
    }
}
