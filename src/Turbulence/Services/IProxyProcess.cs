using Turbulence.Platform.Processes;

namespace Turbulence.Services;

/// <summary>The process in which the fault proxies of a run are.</summary>
public interface IProxyProcess
{
    /// <summary>Where its API answers.</summary>
    Uri Api { get; }

    /// <summary>The token that its API wants, a secret.</summary>
    string Token { get; }

    /// <summary>The process.</summary>
    ProcessIdentity Identity { get; }

    /// <summary>
    /// What it has complained of, in a line each, such as receipts that could not be written; known once it has been ended.
    /// </summary>
    IReadOnlyList<string> Complaints { get; }

    /// <summary>Looks whether it is there and answers.</summary>
    /// <returns>Null when it does; otherwise what is there instead.</returns>
    Task<string?> FindLossAsync();

    /// <summary>Ends it. Safe to call twice.</summary>
    /// <returns>Null when it is gone; otherwise what is left.</returns>
    Task<string?> StopAsync();
}
