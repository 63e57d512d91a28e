using Turbulence.Load.Schedules;

namespace Turbulence.Load.Requests;

/// <summary>What a load sends, and when.</summary>
/// <param name="Requests">What is sent; at least one.</param>
/// <param name="Schedule">When.</param>
public sealed record LoadPlan(IReadOnlyList<LoadRequest> Requests, LoadSchedule Schedule)
{
    /// <summary>How long a user waits, from the moment at which the request was due; more than 0. Default: 2 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How connections are used. Default: again, up to 1,000 of them.</summary>
    public LoadConnections Connections { get; init; } = LoadConnections.Kept;

    /// <summary>How requests come to their servers. Default: over HTTP/1.1, without a proxy.</summary>
    public LoadTransport Transport { get; init; } = LoadTransport.Usual;

    /// <summary>The kinds of answers that are counted apart. Default: none, so that all are <c>ok</c>.</summary>
    public IReadOnlyList<AnswerClass> Classes { get; init; } = [];

    /// <summary>Where all chance comes from.</summary>
    public int Seed { get; init; }
}
