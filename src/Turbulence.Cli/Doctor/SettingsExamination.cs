using Turbulence.Documents;
using Turbulence.Settings;
using Turbulence.Values;

namespace Turbulence.Cli.Doctor;

/// <summary>The settings file. A run goes on without one that cannot be read, and says less to fewer people.</summary>
/// <param name="path">The file.</param>
internal sealed class SettingsExamination(string path) : IExamination
{
    public string Subject => "settings";

    public Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop)
    {
        var file = new SettingsFile(path);
        var read = file.Read();
        List<Finding> found = read switch
        {
            { Failure: { } failure } => [Finding.Broken(Subject, failure)],
            { Root: { } root } =>
            [
                Finding.Ok(Subject, $"{file.Path} can be read"),
                .. ChaosSettings.From(root, Compatibility.None, EnvironmentVariables.OfProcess).Warnings
                    .Select(warning => Finding.Missing(Subject, warning)),
            ],
            _ => [Finding.Ok(Subject, $"none at {file.Path}, and none is needed")],
        };
        return Task.FromResult<IReadOnlyList<Finding>>(found);
    }
}
