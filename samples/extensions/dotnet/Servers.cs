using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Turbulence.Sdk;

namespace NumberDrills;

/// <summary>Actions on the services of the sample.</summary>
public static class Servers
{
    /// <summary>Kills the process that a PID file names, and waits until it is gone.</summary>
    /// <param name="pidFile">The file, relative to where chaos was started.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The process's id.</returns>
    /// <exception cref="ActivityFailedException">There is no such file, or no such process.</exception>
    [Action]
    public static async Task<int> KillAsync(string pidFile, CancellationToken cancellationToken)
    {
        if (!File.Exists(pidFile) || !int.TryParse(
            await File.ReadAllTextAsync(pidFile, cancellationToken),
            NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture,
            out var id))
        {
            throw new ActivityFailedException($"'{pidFile}' in {Environment.CurrentDirectory} is no PID file: is the service running?");
        }

        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
            await process.WaitForExitAsync(cancellationToken);
            return id;
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or Win32Exception)
        {
            throw new ActivityFailedException($"process {id} of '{pidFile}' cannot be killed: {failure.Message}", failure);
        }
    }
}
