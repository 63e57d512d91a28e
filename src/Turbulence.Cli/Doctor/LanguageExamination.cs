using Turbulence.Hosts.DotNet;
using Turbulence.Hosts.Python;
using Turbulence.Hosts.Workers;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Doctor;

/// <summary>Whether activities and controls in a language can be carried out: starts its worker, and ends it.</summary>
/// <param name="place">Where runs happen.</param>
/// <param name="isPython">Whether the language is Python; otherwise it is .NET.</param>
internal sealed class LanguageExamination(RunPlace place, bool isPython) : IExamination
{
    public string Subject => isPython ? "Python" : ".NET";

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        // The worker's files are unpacked for it, and they are not to stay.
        var cache = Directory.CreateTempSubdirectory("turbulence-look-").FullName;
        try
        {
            string? Variable(string name) => name == "XDG_CACHE_HOME" ? cache : place.Variables.TryGet(name, out var value) ? value : null;
            using var dotNet = new DotNetRuntime(Variable);
            await using var host = new WorkerHost(
                isPython ? new PythonRuntime(environment: Variable) : dotNet,
                new WorkerSettings(place.Version, cache) { Time = place.Time });
            var (runtime, problem) = await host.TryAsync(stop);
            return
            [
                problem is null
                    ? Finding.Ok(Subject, $"activities and controls can be carried out: {runtime}")
                    : Finding.Missing(Subject, problem.ReplaceLineEndings(" ")),
            ];
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }
}
