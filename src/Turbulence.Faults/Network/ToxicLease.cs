namespace Turbulence.Faults.Network;

/// <summary>
/// How long a toxic stays in a proxy of ours at most, when neither the run nor its guardian nor a later command takes it out: the last line
/// of all. It must not end a fault early, so it is longer than whatever the run does.
/// </summary>
internal static class ToxicLease
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>For a fault that has this duration; null for one that stays to the end of its run, which nobody knows beforehand.</summary>
    public static TimeSpan For(TimeSpan? duration) => duration is { } limit ? limit + Margin : Longest;
}
