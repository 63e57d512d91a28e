namespace Turbulence.Faults.Ledgers;

/// <summary>
/// What the ledger asks of the disk. Nothing but <see cref="Flush"/> and <see cref="FlushFolder"/> promises to outlast a power loss, and a
/// test in its place can take the rest away. All throw <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.
/// </summary>
internal interface ILedgerFiles
{
    /// <summary>Makes a folder, for its owner alone, where there is none.</summary>
    void MakeFolder(string path);

    /// <summary>The names of the files in a folder, in no order; none where there is no folder.</summary>
    IReadOnlyList<string> List(string folder);

    /// <summary>What a file holds; null where there is none.</summary>
    byte[]? Read(string path);

    /// <summary>Makes a file, for its owner alone, in place of one that is there.</summary>
    void Write(string path, ReadOnlySpan<byte> content);

    /// <summary>Returns when what the file holds is on the disk.</summary>
    void Flush(string path);

    /// <summary>Gives a file another name, in place of a file that has it.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file where there is one.</summary>
    void Delete(string path);

    /// <summary>Returns when the names in a folder are on the disk.</summary>
    void FlushFolder(string folder);
}
