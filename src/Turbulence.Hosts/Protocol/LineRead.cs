namespace Turbulence.Hosts.Protocol;

/// <summary>What came of reading a line.</summary>
internal enum LineRead
{
    /// <summary>There is one.</summary>
    Line,

    /// <summary>The stream ended, or broke; half a line at its end is none.</summary>
    End,

    /// <summary>It is longer than a line may be.</summary>
    TooLong,
}
