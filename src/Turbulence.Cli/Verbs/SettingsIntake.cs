using Turbulence.Cli.CommandLine;
using Turbulence.Events;
using Turbulence.Settings;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// Takes the settings in and says what is wrong with them. Settings that cannot be used are as good as none: the reference's rule.
/// </summary>
/// <param name="outputs">Where it is said.</param>
/// <param name="settings">Which file, and whose rules apply.</param>
internal sealed class SettingsIntake(Outputs outputs, GlobalSettings settings)
{
    /// <summary>The file.</summary>
    public SettingsFile File { get; } = new(settings.SettingsPath);

    /// <summary>Reads the settings for a run or a validation.</summary>
    public ChaosSettings Read()
    {
        var reading = File.Read();
        if (!reading.Exists)
        {
            outputs.Say(NoticeLevel.Debug, $"There is no settings file at {File.Path}");
        }

        if (reading.Failure is { } failure)
        {
            outputs.Say(NoticeLevel.Error, failure);
        }

        if (reading.Root is not { } root)
        {
            return ChaosSettings.None;
        }

        var read = ChaosSettings.From(root, settings.Compatibility, EnvironmentVariables.OfProcess);
        foreach (var warning in read.Warnings)
        {
            outputs.Say(NoticeLevel.Warning, warning);
        }

        return read;
    }
}
