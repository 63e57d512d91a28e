using System.Globalization;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Files;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Doctor;

/// <summary>The folder that holds the undo of every fault: ours alone, writable, durable, with room.</summary>
/// <param name="place">Where runs happen.</param>
internal sealed class StateExamination(RunPlace place) : IExamination
{
    private const long LeastFree = 16 << 20;

    // These forget everything when the machine starts anew.
    private static readonly string[] Memory = ["tmpfs", "ramfs", "overlayfs", "overlay"];

    public string Subject => "state folder";

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        var folder = place.StateFolder ?? StateFolder.Find();
        var advice = $"; set {StateFolder.Variable} to a folder of your own";
        if (FileOwner.Distrust(folder) is { } distrust)
        {
            return Told(Finding.Broken(Subject, $"{folder} {distrust}{advice}"));
        }

        if (File.Exists(folder))
        {
            return Told(Finding.Broken(Subject, $"{folder} is not a folder{advice}"));
        }

        // The first run makes it: until then it is the next folder above that has to take it.
        var there = folder;
        while (!Directory.Exists(there) && Path.GetDirectoryName(there) is { } above)
        {
            there = above;
        }

        try
        {
            Write(there);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return Told(Finding.Broken(Subject, $"{there} cannot be written to: {failure.Message.TrimEnd('.')}{advice}"));
        }

        var drive = new DriveInfo(there);
        if (drive.AvailableFreeSpace < LeastFree)
        {
            return Told(Finding.Broken(
                Subject,
                string.Create(CultureInfo.InvariantCulture, $"{there} has only {drive.AvailableFreeSpace >> 10} KiB free{advice}")));
        }

        var made = there == folder ? "" : " (the first run makes it)";
        var lasts = Memory.Contains(drive.DriveFormat) ? ", which does not outlast this machine or container" : "";
        return Told(Finding.Ok(Subject, string.Create(
            CultureInfo.InvariantCulture,
            $"{folder}{made}: written and flushed; {drive.DriveFormat}{lasts}, {drive.AvailableFreeSpace >> 20} MiB free")));
    }

    private static Task<IReadOnlyList<Finding>> Told(Finding finding) => Task.FromResult<IReadOnlyList<Finding>>([finding]);

    private static void Write(string folder)
    {
        var path = Path.Combine(folder, $".{Guid.NewGuid():n}.look");
        using (var file = GrowingFile.Open(
            path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose }))
        {
            file.Write(new byte[4096]);
            file.Flush(flushToDisk: true);
        }

        FolderFlush.Flush(folder);
    }
}
