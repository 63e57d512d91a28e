namespace Turbulence.Runs.Planning;

/// <summary>A service of the experiment, as it is now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Program">The program and its arguments; empty for one that has to be there already.</param>
/// <param name="IsRunning">Whether somebody listens on its port: it would be used and left running, not started and stopped.</param>
/// <param name="Stranger">Who else has its port, so that the run would fail; null when nobody has.</param>
public sealed record PlannedService(string Name, string Program, bool IsRunning, string? Stranger = null)
{
    /// <summary>The port of this machine by which it is ready; null where it is ready by none, or where that is not known yet.</summary>
    public int? Port { get; init; }

    /// <summary>Whether it has to be there already: the run neither starts nor ends it.</summary>
    public bool IsExpected { get; init; }

    /// <summary>The services that have to be ready before it is started.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>When it is ready, in words that follow "ready when"; null where it is as soon as it runs.</summary>
    public string? Ready { get; init; }

    /// <summary>The fault proxies through which it is reached.</summary>
    public IReadOnlyList<PlannedProxy> Proxies { get; init; } = [];

    /// <summary>Why not all of that can be said yet, or why it could not be started, in one line; null where neither is so.</summary>
    public string? Problem { get; init; }
}
