using System.Globalization;

namespace RandomNumbers.ServiceProcess;

/// <summary>
/// <c>NAME.pid</c> in a directory: the service's process id in decimal and a line feed, for <c>kill $(cat NAME.pid)</c>.
/// It is there from readiness to a clean stop; what a killed service leaves behind is stale and gets replaced.
/// </summary>
public sealed class PidFile
{
    private readonly string path;

    private PidFile(string path) => this.path = path;

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="directory">Where it goes.</param>
    /// <param name="name">The service's name.</param>
    /// <param name="problem">When null is returned: why, in one line.</param>
    /// <returns>The file, or null when it belongs to a running service or cannot be written.</returns>
    public static PidFile? Claim(string directory, string name, out string? problem)
    {
        var path = Path.Combine(directory, name + ".pid");
        var draft = $"{path}.{Environment.ProcessId}";
        problem = null;
        try
        {
            if (RunningOwner(path) is { } owner)
            {
                problem = $"{name} already runs as process {owner}, says {path}";
                return null;
            }

            File.WriteAllText(draft, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
            File.Move(draft, path, overwrite: true);
            return new PidFile(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(draft);
            problem = $"cannot write {path}: {error.Message}";
            return null;
        }
    }

    /// <summary>Removes the file, unless another process has made it its own meanwhile.</summary>
    public void Release()
    {
        try
        {
            if (ReadPid(path) == Environment.ProcessId)
            {
                File.Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The directory went away or became read-only: what stays is stale, and the next start replaces it.
        }
    }

    private static int? RunningOwner(string path)
    {
        if (!File.Exists(path) || ReadPid(path) is not { } pid)
        {
            return null;
        }

        return RunningProgram.IsOurs(pid, startedBefore: File.GetLastWriteTime(path)) ? pid : null;
    }

    private static int? ReadPid(string path)
    {
        // A process id is short; whatever else somebody put there need not be read whole.
        Span<byte> start = stackalloc byte[32];
        using var file = File.OpenHandle(path);
        var text = start[..RandomAccess.Read(file, start, 0)].Trim("\r\n \t"u8);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && pid > 0 ? pid : null;
    }
}
