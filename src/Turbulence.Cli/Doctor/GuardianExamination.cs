using System.Globalization;
using Turbulence.Faults.Guardians;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Doctor;

/// <summary>Starts a guardian and lets it go: without one no fault is injected.</summary>
/// <param name="place">Where runs happen.</param>
internal sealed class GuardianExamination(RunPlace place) : IExamination
{
    public string Subject => "guardian";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        var begun = place.Time.GetTimestamp();
        var problem = await GuardianTrial.TryAsync(place.Program ?? [], place.Time, stop);
        return
        [
            problem is null
                ? Finding.Ok(Subject, string.Create(
                    CultureInfo.InvariantCulture,
                    $"was started, answered and went, in {place.Time.GetElapsedTime(begun).TotalMilliseconds:0} ms"))
                : Finding.Broken(Subject, $"no fault can be injected: {problem}"),
        ];
    }
}
