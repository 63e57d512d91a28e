namespace Turbulence.Faults.SystemCalls;

/// <summary>What is done to system calls.</summary>
/// <param name="Option">In the words of <c>strace</c>: <c>error=EIO</c>.</param>
/// <param name="Plan">For people, in words that follow the calls: <c>fail with EIO</c>.</param>
/// <param name="Done">For people, in words that follow "17 calls": <c>failed with EIO</c>.</param>
internal sealed record SystemCallEffect(string Option, string Plan, string Done)
{
    /// <summary>Whether a call is hit as soon as it is begun, and not only when it returns.</summary>
    public bool IsAtBegin { get; init; }
}
