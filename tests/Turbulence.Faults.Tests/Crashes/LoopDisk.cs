using System.Diagnostics;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// A file system in a file. What reached that file is what reached the disk: all that was flushed, and of the rest what the system cared to
/// write.
/// </summary>
internal sealed class LoopDisk : IDisposable
{
    private const long Size = 256L << 20;

    private readonly string folder = Directory.CreateTempSubdirectory("turbulence-disk-").FullName;
    private int images;

    /// <summary>Makes the file system and mounts it.</summary>
    /// <exception cref="InvalidOperationException">The system does not let us.</exception>
    public LoopDisk()
    {
        Directory.CreateDirectory(Mount);
        using (var image = File.Create(Image))
        {
            image.SetLength(Size);
        }

        try
        {
            Run("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=0,lazy_journal_init=0", Image);
            PowerUp();
        }
        catch (InvalidOperationException)
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>
    /// Why there can be no such disk here, in one line; null where there can. Root in a container may not mount, so it is tried.
    /// </summary>
    public static string? Missing { get; } = Try();

    /// <summary>The folder that it is mounted at.</summary>
    public string Mount => Path.Combine(folder, "mount");

    private string Image => Path.Combine(folder, $"image{images}");

    /// <summary>All that was written until now is on the disk.</summary>
    public void Flush() => Run("sync", "-f", Mount);

    /// <summary>
    /// The power goes away and comes back. Whoever has a file of the old days open keeps that, and nobody else sees it. The disk has
    /// another number afterwards, as one may have after a start of the system: its old one is still in use.
    /// </summary>
    public void LosePower()
    {
        var before = FileStatus.Read(Mount)!.Device;
        var old = Image;
        images++;
        Run("cp", "--sparse=always", old, Image);
        using var keepsTheOld = File.Create(Path.Combine(Mount, "held"));
        PowerDown();
        File.Delete(old);
        PowerUp();
        Assert.NotEqual(before, FileStatus.Read(Mount)!.Device);
    }

    public void Dispose()
    {
        PowerDown();
        Directory.Delete(folder, recursive: true);
    }

    // The system writes by itself after that many seconds.
    private void PowerUp() => Run("mount", "-o", "loop,commit=600", Image, Mount);

    private void PowerDown() => Run("umount", "-l", Mount);

    private static string? Try()
    {
        try
        {
            new LoopDisk().Dispose();
            return null;
        }
        catch (InvalidOperationException refusal)
        {
            return $"needs root, loop devices and mkfs.ext4: {refusal.Message}";
        }
    }

    private static void Run(string program, params string[] arguments)
    {
        var file = Find(program) ?? throw new InvalidOperationException($"there is no {program}");
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program}: {errors.ReplaceLineEndings(" ").Trim()}");
        }
    }

    private static string? Find(string program) => new[] { "/usr/sbin", "/sbin", "/usr/bin", "/bin" }
        .Select(place => Path.Combine(place, program)).FirstOrDefault(File.Exists);
}
