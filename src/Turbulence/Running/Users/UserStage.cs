using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Options;
using Turbulence.Verdicts;

namespace Turbulence.Running.Users;

/// <summary>Lets the users in when the system is up, and out before it is stopped.</summary>
internal sealed class UserStage(IUserLoad? users, RunContext context, RunFindings findings)
{
    private bool begun;
    private IDisposable? looking;

    /// <summary>The system is up.</summary>
    /// <returns>Whether the run may go on; why not is among the findings.</returns>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public async Task<bool> BeginAsync(CancellationToken cancellationToken)
    {
        // A rehearsal is not felt by anybody.
        if (users is null || context.Options.Dry != DryMode.None)
        {
            return true;
        }

        if (await users.StartAsync(context.Values, context.Options.Seed, Tell, cancellationToken) is not { } problem)
        {
            begun = true;
            looking = users.IsJudged ? context.Faults?.Look() : null;
            return true;
        }

        findings.Problems.Add($"users: {problem}");
        findings.Status = RunStatus.Failed;
        return false;
    }

    private void Tell(JsonObject progress) => context.Events.Publish(new UsersProgressed(context.Events.Now, progress));

    /// <summary>The system is about to be stopped.</summary>
    /// <param name="cancellationToken">The run was asked to stop: nobody waits for answers any more.</param>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        if (begun)
        {
            begun = false;
            looking?.Dispose();
            var measured = await users!.EndAsync(context.Events.Now, cancellationToken);
            context.Events.Publish(measured);
            findings.Notes = [.. findings.Notes, .. measured.Lines];
            findings.MissedByUsers = measured.Missed;
            findings.UnprovenByUsers = measured.Unproven;
        }
    }
}
