using Turbulence.Cli.CommandLine;
using Turbulence.Experiments;
using Turbulence.Running;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// Decides whether a run may begin: not while everything is halted, and not while something is still in that nobody looks after. What can be taken back is taken
/// back first.
/// </summary>
internal sealed class RunAdmission(FaultRoom faults, Outputs outputs, GlobalSettings settings)
{
    /// <summary>Says why a run may not begin.</summary>
    /// <returns>The exit code; null where the run may begin.</returns>
    public async Task<int?> RefuseAsync()
    {
        try
        {
            if (faults.Ledger.Halted is { } halted)
            {
                outputs.Say(NoticeLevel.Critical, $"Nothing is run: {halted}");
                return ExitCode.Stopped(settings.Compatibility);
            }

            var recovered = await faults.Recovery(complaint => outputs.Say(NoticeLevel.Warning, complaint)).RunAsync();
            foreach (var fault in recovered.Faults)
            {
                outputs.Say(NoticeLevel.Warning, $"Fault {fault.Id} ({fault.Kind}) that nobody looked after: {fault.Confirmation?.Text ?? fault.Problem}");
            }

            foreach (var ended in recovered.Remains.Where(remains => recovered.Unended.All(left => left.Run.Id != remains.Run.Id)))
            {
                outputs.Say(NoticeLevel.Warning, $"{ended.Text}; they are ended");
            }

            foreach (var left in recovered.Left)
            {
                outputs.Say(NoticeLevel.Critical, left);
            }

            if (recovered.IsClean)
            {
                return null;
            }

            outputs.Say(NoticeLevel.Critical, "Nothing is run while something of an earlier run may still be in");
            return settings.Compatibility == Compatibility.None ? ExitCode.NeedsAPerson : ExitCode.Invalid(settings.Compatibility);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Without faults a run needs no ledger; one with faults is told when it wants to put the first one in.
            outputs.Say(NoticeLevel.Warning, $"The ledger in {faults.Ledger.Folder} cannot be used: {failure.Message}");
            return null;
        }
    }
}
