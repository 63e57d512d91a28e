using Turbulence.Platform.Files;

namespace Turbulence.Faults.Ledgers;

/// <summary>Whether a folder of the ledger can be trusted: what stands in it is carried out as an undo.</summary>
internal static class LedgerTrust
{
    /// <summary>Why it cannot be trusted, in words that follow its name; null where it can, or where there is nothing.</summary>
    public static string? Of(string folder) => FileOwner.Distrust(folder)
        ?? (FileStatus.Read(folder) is { Type: not FileNodeType.Folder } ? "is not a folder" : null);
}
