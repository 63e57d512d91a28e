namespace Turbulence.Platform.Loops;

/// <summary>Something that a loop does at a time. It is set and stopped on its loop, as often as one likes, without allocating.</summary>
/// <param name="ring">What is done.</param>
internal sealed class LoopTimer(Action ring)
{
    /// <summary>When, in the loop's ticks.</summary>
    public long Due { get; set; }

    /// <summary>Where it stands in the loop's heap; -1 when it is not set.</summary>
    public int Place { get; set; } = -1;

    /// <summary>What is done.</summary>
    public Action Ring { get; } = ring;
}
