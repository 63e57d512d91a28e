using System.Runtime.InteropServices;

namespace Turbulence.Resident.Doors;

/// <summary>
/// The folders in which we are awaited. The runtime hands us no argument, so whoever sends us in makes a folder that is named for the
/// process, <c>turbulence-PID-…</c>, of mode 0700, and puts a token and this assembly into it; we put our socket there, and remove the
/// folder when we are done.
/// </summary>
internal static partial class DoorFolder
{
    /// <summary>The file that holds the token; it is removed once it was read.</summary>
    public const string TokenFile = "token";

    /// <summary>The socket on which orders come.</summary>
    public const string SocketFile = "door";

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Where such folders can be, in the order in which they are tried: both sides know this list.</summary>
    public static IEnumerable<string> Places() => [Path.GetTempPath(), "/dev/shm", "/var/tmp"];

    // There may be another of us here, from another time, whose orders we do not know.
    private static readonly string OwnFile = $"{typeof(DoorFolder).Assembly.GetName().Name}.dll";

    /// <summary>Every folder that waits for this process, and for this assembly.</summary>
    public static IEnumerable<string> Waiting()
    {
        foreach (var place in Places())
        {
            string[] folders;
            try
            {
                folders = Directory.GetDirectories(place, $"turbulence-{Environment.ProcessId}-*");
            }
            catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            foreach (var folder in folders.Where(IsOurs))
            {
                yield return folder;
            }
        }
    }

    /// <summary>Takes the token of a folder, which then is there no more; null where there is none.</summary>
    public static string? TakeToken(string folder)
    {
        try
        {
            var file = Path.Combine(folder, TokenFile);
            var token = File.ReadAllText(file).Trim();
            File.Delete(file);
            return token.Length > 0 ? token : null;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes a folder with all that is in it.</summary>
    public static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // Whoever sent us removes it as well.
        }
    }

    // What others may write to, or a link that leads there, is no order of ours. Whose it is says the system when we read what is in it:
    // a folder of mode 0700 of somebody else can only be read by root, who is asked who is at the other end of the socket.
    private static bool IsOurs(string folder)
    {
        try
        {
            return OperatingSystem.IsWindows()
                || (new DirectoryInfo(folder) is { LinkTarget: null } own && (own.UnixFileMode & Others) == 0 && BelongsToUs(folder)
                    && File.Exists(Path.Combine(folder, OwnFile)));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The first field of a structure that is the same on every architecture since it was made (statx).
    private static bool BelongsToUs(string folder)
    {
        const int CurrentFolder = -100;
        const int DoNotFollow = 0x100;
        const uint OwnerField = 0x8;
        const int Owner = 20;
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var status = new byte[256];
        return Statx(CurrentFolder, folder, DoNotFollow, OwnerField, status) == 0
            && BitConverter.ToUInt32(status, Owner) == EffectiveUser();
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte[] status);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();
}
