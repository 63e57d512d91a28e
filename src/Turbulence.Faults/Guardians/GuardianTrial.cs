using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// Starts a guardian for a run that has no faults, and lets it go: whether that works here is better known before a fault is in.
/// </summary>
public static class GuardianTrial
{
    /// <summary>Tries it, with a ledger in a folder of its own, which is removed.</summary>
    /// <param name="program">The command line that starts <c>chaos</c>.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the trial.</param>
    /// <returns>Why there is no guardian, in one line; null where one was on watch.</returns>
    public static async Task<string?> TryAsync(IReadOnlyList<string> program, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("turbulence-trial-").FullName;
        try
        {
            var ledger = new Ledger(folder);
            if (ledger.Prepare() is { } problem)
            {
                return problem;
            }

            if (ProcessTable.Find(Environment.ProcessId) is not { } self)
            {
                return "the system does not say who we are: /proc has nothing of this process";
            }

            var run = new RunRecord(Ledger.NewId(new Random(), length: 10), "a trial", RunnerIdentity.Of(self.Identity), time.GetUtcNow());
            ledger.SaveRun(run);
            await using var post = new GuardianPost(ledger, run, program, time);
            return await post.EnsureAsync(cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
