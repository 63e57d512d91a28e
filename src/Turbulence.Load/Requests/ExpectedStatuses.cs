namespace Turbulence.Load.Requests;

/// <summary>The statuses that count as an answer.</summary>
/// <param name="ranges">The first and the last one of each range.</param>
public sealed class ExpectedStatuses(params IReadOnlyList<(int First, int Last)> ranges)
{
    /// <summary>The default: 200 to 399. Redirects are not followed.</summary>
    public static ExpectedStatuses Success { get; } = new((200, 399));

    /// <summary>Whether a status is one of them.</summary>
    public bool Allows(int status)
    {
        foreach (var (first, last) in ranges)
        {
            if (status >= first && status <= last)
            {
                return true;
            }
        }

        return false;
    }
}
