using System.Globalization;

namespace RandomNumbers.ServiceProcess;

/// <summary>The file descriptors of this process (Unix).</summary>
internal static class Descriptors
{
    private const int SetDescriptorFlags = 2; // F_SETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    /// <summary>
    /// Keeps what this process inherited beyond its standard streams from the processes it starts: a caller that left a pipe
    /// open in descriptor 3 would otherwise wait for a daemon to end.
    /// </summary>
    public static void KeepFromChildren()
    {
        var list = Directory.Exists("/proc/self/fd") ? "/proc/self/fd" : "/dev/fd";
        foreach (var entry in Directory.GetFiles(list))
        {
            if (int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor)
                && descriptor > 2)
            {
                // The list holds the descriptor it was read through, closed by now; marking that one fails and need not matter.
                _ = LibC.Control(descriptor, SetDescriptorFlags, CloseOnExec);
            }
        }
    }

    /// <summary>Points standard input, output and error at <c>/dev/null</c>, which lets go of the pipes they were.</summary>
    public static void SilenceStandardStreams()
    {
        using var nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var descriptor = 0; descriptor <= 2; descriptor++)
        {
            _ = LibC.Duplicate((int)nowhere.DangerousGetHandle(), descriptor);
        }
    }
}
