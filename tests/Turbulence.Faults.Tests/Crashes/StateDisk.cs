using FaultRunner;

namespace Turbulence.Faults.Tests.Crashes;

/// <summary>
/// The disk that the ledger's folder is on, where a trouble needs one of its own; and what puts the folder right again after any.
/// </summary>
internal sealed class StateDisk : IDisposable
{
    private readonly string folder;
    private readonly string trouble;
    private bool isMounted;

    private StateDisk(string trouble, string folder)
    {
        this.trouble = trouble;
        this.folder = folder;
    }

    /// <summary>Why there can be no such disk here, in one line; null where there can.</summary>
    public static string? Missing { get; } = Try();

    /// <summary>Whether a trouble needs a disk of its own.</summary>
    public static bool IsNeeded(string trouble) => trouble is Trouble.Full or Trouble.ReadOnly;

    /// <summary>Prepares the ledger of a room for a trouble.</summary>
    public static StateDisk Prepare(string trouble, Room room)
    {
        var disk = new StateDisk(trouble, room.State);
        if (IsNeeded(trouble))
        {
            disk.Mount();
            Assert.Null(room.Ledger.Prepare());
        }

        return disk;
    }

    /// <summary>Puts right what the trouble did to the folder.</summary>
    public void Restore()
    {
        if (!File.Exists(Trouble.Made(folder)))
        {
            return;
        }

        File.Delete(Trouble.Made(folder));
        switch (trouble)
        {
            case Trouble.Full:
                File.Delete(Trouble.Filler(folder));
                break;
            case Trouble.ReadOnly:
                Trouble.Run("umount", "-l", folder);
                break;
            case Trouble.Foreign when Environment.IsPrivilegedProcess:
                Trouble.Run("chown", "0", folder);
                break;
            case Trouble.Foreign:
                File.SetUnixFileMode(folder, (UnixFileMode)0b111_000_000);
                break;
            case Trouble.Gone when Directory.Exists(folder):
                Directory.Delete(folder, recursive: true);
                Directory.Move(Trouble.Aside(folder), folder);
                break;
            case Trouble.Gone:
                Directory.Move(Trouble.Aside(folder), folder);
                break;
            case Trouble.Link:
                File.Delete(folder);
                Directory.Move(Trouble.Aside(folder), folder);
                break;
        }
    }

    public void Dispose()
    {
        Restore();
        if (isMounted)
        {
            Trouble.Run("umount", "-l", folder);
        }
    }

    private void Mount()
    {
        Directory.CreateDirectory(folder);
        Trouble.Run("mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "none", folder);
        isMounted = true;
    }

    private static string? Try()
    {
        var folder = Directory.CreateTempSubdirectory("turbulence-disk-").FullName;
        try
        {
            using var disk = new StateDisk("", folder);
            disk.Mount();
            return null;
        }
        catch (Exception refusal) when (refusal is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return $"needs root, mount and tmpfs: {refusal.Message}";
        }
        finally
        {
            Directory.Delete(folder);
        }
    }
}
