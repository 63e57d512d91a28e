namespace Turbulence.Proxy.Toxics;

/// <summary>Where in a connection a toxic of a kind stands.</summary>
internal enum ToxicReach
{
    /// <summary>In the stream that it was given.</summary>
    Stream,

    /// <summary>In both, with a stage in each; the stages are each other's <see cref="ToxicStage.Twin"/>.</summary>
    BothStreams,
}
