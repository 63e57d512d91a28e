namespace Turbulence.Live.Histories;

/// <summary>What stands in a folder of journals.</summary>
/// <param name="Runs">The runs, the oldest first.</param>
/// <param name="Unread">The files that are no journals or cannot be read, each with the reason.</param>
/// <param name="LeftOut">How many files were not looked at, since there are too many: the oldest.</param>
internal sealed record RunFolderContent(
    IReadOnlyList<HistoryRun> Runs, IReadOnlyList<(string Name, string Problem)> Unread, int LeftOut);
