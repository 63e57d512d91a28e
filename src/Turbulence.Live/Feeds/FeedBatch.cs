namespace Turbulence.Live.Feeds;

/// <summary>Some lines of a run, in their order.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="Next">The number of the line that comes next.</param>
/// <param name="Skipped">How many lines between the place that was asked for and <paramref name="Next"/> are not held any more.</param>
/// <param name="Age">How long ago the newest line of all came.</param>
/// <param name="IsEnd">Whether no line comes after these.</param>
internal readonly record struct FeedBatch(IReadOnlyList<byte[]> Lines, long Next, long Skipped, TimeSpan Age, bool IsEnd);
