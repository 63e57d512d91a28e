using System.Globalization;

namespace Turbulence.Faults.Guardians;

/// <summary>Where a guardian says what went wrong: it has no console, and the runner is dead. The file is there only when something did.</summary>
internal static class GuardianLog
{
    /// <summary>The file's name in the ledger's folder.</summary>
    public const string FileName = "guardian.log";

    /// <summary>Adds a line.</summary>
    public static void Write(string folder, TimeProvider time, string text)
    {
        try
        {
            File.AppendAllText(
                Path.Combine(folder, FileName),
                string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Environment.ProcessId} {text}\n"));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // There is nobody left to tell. The records are still in the ledger, and the next command finds them.
        }
    }
}
