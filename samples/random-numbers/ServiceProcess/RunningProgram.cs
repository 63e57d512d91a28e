using System.ComponentModel;
using System.Diagnostics;

namespace RandomNumbers.ServiceProcess;

/// <summary>Tells whether a process id still means a process of this program.</summary>
internal static class RunningProgram
{
    /// <summary>
    /// True when <paramref name="pid"/> runs this very program, is not this process, and was started before the time given.
    /// </summary>
    /// <param name="pid">The process id.</param>
    /// <param name="startedBefore">Local time; a process started later got the same id by chance.</param>
    public static bool IsOurs(int pid, DateTime startedBefore)
    {
        if (pid == Environment.ProcessId || IsZombie(pid))
        {
            return false;
        }

        try
        {
            using var self = Process.GetCurrentProcess();
            using var other = Process.GetProcessById(pid);
            return other.ProcessName == self.ProcessName && other.StartTime <= startedBefore;
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // Gone, or going while it was looked at.
            return false;
        }
    }

    /// <summary>A killed service that nobody has reaped yet keeps its id and its name, but answers no more.</summary>
    private static bool IsZombie(int pid)
    {
        try
        {
            // proc(5): the state follows the name, which is in parentheses and may hold any character.
            var stat = OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{pid}/stat") : "";
            var state = stat.LastIndexOf(')') + 2;
            return state > 1 && state < stat.Length && stat[state] is ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }
}
