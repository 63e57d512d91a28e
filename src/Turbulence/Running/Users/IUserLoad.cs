using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Values;

namespace Turbulence.Running.Users;

/// <summary>
/// Uses the system through the whole of a run, as its users would: from when the services are up until after the closing check. What the
/// users felt is told with the verdict; it decides something only where it is held against a tolerance.
/// </summary>
public interface IUserLoad
{
    /// <summary>Whether what the users feel is held against a tolerance, so that they look at the system.</summary>
    bool IsJudged { get; }

    /// <summary>Begins.</summary>
    /// <param name="values">Configuration and secrets.</param>
    /// <param name="seed">Where all chance comes from.</param>
    /// <param name="progress">Receives how they are going, small, once a second and from any thread, until they are ended.</param>
    /// <param name="cancellationToken">The run was asked to stop.</param>
    /// <returns>Null where it goes on; otherwise why it cannot, in one line.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    ValueTask<string?> StartAsync(ResolvedValues values, int seed, Action<JsonObject> progress, CancellationToken cancellationToken);

    /// <summary>Ends it, within limits of its own. Called once where it was begun, whatever became of the run.</summary>
    /// <param name="now">The moment, for the event.</param>
    /// <param name="cancellationToken">Cancels what is on its way, which is waited for otherwise.</param>
    /// <returns>What the users felt.</returns>
    ValueTask<UsersMeasured> EndAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
