namespace Turbulence.Faults.Ledgers;

/// <summary>Something in the ledger's folder that cannot be read as what it should be. A person has to look at it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Problem">What is wrong with it, in words that follow its name.</param>
public sealed record DamagedFile(string Path, string Problem);
