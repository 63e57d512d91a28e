using System.Runtime.InteropServices;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Kinds.Tests;

/// <summary>
/// A program that waits inside the system (vfork) until its child, <c>sleep</c>, runs its own program; the child first opens a FIFO, and so
/// waits until somebody opens its other end. Every program that starts another is in this state for an instant.
/// </summary>
internal static partial class Spawner
{
    /// <summary>More than a posix_spawn_file_actions_t has in any C library.</summary>
    private const int FileActionsSize = 512;

    /// <summary>The program.</summary>
    public static int Run(string fifo)
    {
        var actions = new byte[FileActionsSize];
        Check(InitializeFileActions(actions));
        Check(AddOpen(actions, 0, fifo, 0, 0));
        Check(Spawn(out var child, "/bin/sleep", actions, 0, ["sleep", "1001", null], [null]));
        return WaitForProcess(child, 0, 0) == child ? 0 : 1;
    }

    /// <summary>Makes the FIFO <c>fifo</c> in a test's folder.</summary>
    public static async Task MakeFifoAsync(Room room) => Assert.True((await room.Start("mkfifo", "fifo").Exited).IsSuccess);

    /// <summary>Lets the child go on.</summary>
    public static void Release(string fifo) => File.OpenHandle(fifo, FileMode.Open, FileAccess.Write).Dispose();

    /// <summary>
    /// Whether the process was sent SIGSTOP: it is still to take effect, or has where a thread does not wait inside the system.
    /// </summary>
    public static bool IsBeingStopped(int id) =>
        ProcessTable.StatusLine(id, "ShdPnd")!.Any(digit => digit != '0') ||
        Directory
            .GetDirectories($"/proc/{id}/task")
            .Any(thread => File.ReadAllText($"{thread}/stat").Contains(") T ", StringComparison.Ordinal));

    private static void Check(int error) => Assert.Equal(0, error);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int InitializeFileActions(byte[] actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int AddOpen(byte[] actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(
        out int child, string path, byte[] actions, nint attributes, string?[] arguments, string?[] environment);

    [LibraryImport("libc", EntryPoint = "waitpid")]
    private static partial int WaitForProcess(int id, nint status, int options);
}
