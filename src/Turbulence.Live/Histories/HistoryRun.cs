using Turbulence.Reports.Pages;

namespace Turbulence.Live.Histories;

/// <summary>A run of a folder.</summary>
/// <param name="Key">What it is called in addresses.</param>
/// <param name="Path">Its journal, as a full path.</param>
/// <param name="Name">Its journal, as it is shown: relative to the folder.</param>
/// <param name="Summary">What a list shows of it.</param>
/// <param name="Weaknesses">What it has found.</param>
internal sealed record HistoryRun(string Key, string Path, string Name, RunSummary Summary, IReadOnlyList<FoundWeakness> Weaknesses);
