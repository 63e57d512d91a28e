using Microsoft.Win32.SafeHandles;

namespace Turbulence.Faults.Stress;

/// <summary>
/// A file that only its holder sees: its name, which says what it was for, is taken away as soon as it is open. The disk's room comes back
/// with the end of the process that holds it, however that ends.
/// </summary>
internal static class HiddenFile
{
    /// <summary>Makes one.</summary>
    /// <param name="folder">The folder that says on which disk it is.</param>
    /// <param name="name">The name that it has for a moment, and under which a dead process may have left it.</param>
    /// <param name="room">The room to reserve for it, in bytes, where the file system can do that.</param>
    /// <exception cref="IOException">There is no room, or the folder cannot be written to.</exception>
    public static SafeFileHandle Make(string folder, string name, long room)
    {
        var path = Path.Combine(folder, name);

        // What a dead process left has its turn at the end of the fault; a name that is made anew is never a link that somebody has put
        // there.
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.None, room);
        File.Delete(path);
        return file;
    }
}
