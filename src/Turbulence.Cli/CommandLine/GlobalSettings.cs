using Turbulence.Documents;
using Turbulence.Events;

namespace Turbulence.Cli.CommandLine;

/// <summary>What the options say that every verb takes.</summary>
/// <param name="Verbose">Whether lines of the level DEBUG are shown, with their origin.</param>
/// <param name="ChangeDirectory">The folder to move to; null to stay.</param>
/// <param name="LogFile">The log file; null for none.</param>
/// <param name="LogFileLevel">Lines of a lower level are not logged.</param>
/// <param name="Json">Whether the console speaks JSON.</param>
/// <param name="SettingsPath">The settings' file; it need not be there.</param>
/// <param name="Compatibility">Whose rules apply.</param>
internal sealed record GlobalSettings(
    bool Verbose,
    string? ChangeDirectory,
    string? LogFile,
    NoticeLevel LogFileLevel,
    bool Json,
    string SettingsPath,
    Compatibility Compatibility);
