using System.Globalization;
using Turbulence.Platform.Files;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// Where a guardian says what went wrong, since the runner is dead: in the ledger's folder, and where that cannot be, on the runner's
/// standard error. The file is there only when something did.
/// </summary>
/// <param name="folder">The ledger's folder.</param>
/// <param name="time">The clock.</param>
internal sealed class GuardianLog(string folder, TimeProvider time)
{
    /// <summary>The file's name in the ledger's folder.</summary>
    public const string FileName = "guardian.log";

    /// <summary>Adds a line.</summary>
    public void Write(string text)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            // What is not a file of ours is not written to: a pipe that somebody has put there would hold us up for ever.
            if (FileOwner.Distrust(folder) is null
                && FileOwner.Distrust(path) is null
                && FileStatus.Read(path) is null or { Type: FileNodeType.File })
            {
                GrowingFile.Append(
                    path,
                    string.Create(
                        CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Environment.ProcessId} {text}\n"));
                return;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Said below.
        }

        try
        {
            Console.Error.WriteLine($"chaos: {text}");
        }
        catch (IOException)
        {
            // There is nobody left to tell.
        }
    }
}
