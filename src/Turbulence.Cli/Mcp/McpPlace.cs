using Turbulence.Cli.CommandLine;
using Turbulence.Runs.Requests;
using Turbulence.Settings;

namespace Turbulence.Cli.Mcp;

/// <summary>What the tools work with.</summary>
/// <param name="Around">Where the command stands.</param>
/// <param name="Policy">What a person has allowed.</param>
/// <param name="Settings">The settings that apply to runs.</param>
/// <param name="SettingsPath">Their file.</param>
/// <param name="SettingsFolder">The folder of their file.</param>
internal sealed record McpPlace(Surroundings Around, McpPolicy Policy, ChaosSettings Settings, string SettingsPath, string SettingsFolder)
{
    /// <summary>Where runs happen: in the folder of the policy.</summary>
    public RunPlace Runs => Around.Place with { Folder = Policy.Folder };

    /// <summary>How experiments are run.</summary>
    public RunRequest Request => new() { Settings = Settings, SettingsFolder = SettingsFolder };
}
