using System.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Documents;
using Turbulence.Settings;

namespace Turbulence.Cli.CommandLine;

/// <summary>The options that every verb takes, before it or after it.</summary>
internal sealed class GlobalOptions
{
    /// <summary>The one value of <c>--compat</c>.</summary>
    public const string ChaosToolkit = "chaostoolkit";

    private readonly Option<bool> verbose = Choice.Flag("--verbose", "Show debug lines and where each line comes from.");
    private readonly Option<bool> noVersionCheck = Choice.Flag(
        "--no-version-check", "Accepted and without effect: nothing is ever looked up.");
    private readonly Option<string?> changeDirectory = new("--change-dir") { HelpName = "DIR", Description = "Move to this folder first." };
    private readonly Option<bool> noLogFile = Choice.Flag("--no-log-file", "Write no log file.");
    private readonly Option<string> logFile = new("--log-file")
    {
        HelpName = "PATH",
        Description = "Append what happens to this file.",
        DefaultValueFactory = static _ => "chaostoolkit.log",
    };

    private readonly Option<string> logFileLevel = Choice.Defaulted(
        "--log-file-level", "The least level that is logged", "debug", "debug", "info", "warning", "error");

    private readonly Option<string> logFormat = Choice.Defaulted("--log-format", "How the console is written", "string", "string", "json");
    private readonly Option<string> settings = new("--settings")
    {
        HelpName = "PATH",
        Description = "Read the settings from this file. [default: ~/.chaostoolkit/settings.yaml]",
    };

    private readonly Option<string?> compat = Choice.Among("--compat", "Take verdicts, rollbacks and exit codes from", ChaosToolkit);

    /// <summary>Every option, in the order of the help.</summary>
    public IEnumerable<Option> All =>
        [verbose, noVersionCheck, changeDirectory, noLogFile, logFile, logFileLevel, logFormat, settings, compat];

    /// <summary>The same for a verb that writes nothing: there is a log only where one was asked for by its name.</summary>
    public GlobalSettings ReadWithoutLog(ParseResult parsed) =>
        Read(parsed) is var settings && IsUsualLog(parsed) ? settings with { LogFile = null } : settings;

    /// <summary>What the options say; the parse has no errors.</summary>
    public GlobalSettings Read(ParseResult parsed) => new(
        parsed.GetValue(verbose),
        parsed.GetValue(changeDirectory),
        parsed.GetValue(noLogFile) || (IsUsualLog(parsed) && !CurrentFolder.IsThere) ? null : parsed.GetValue(logFile),
        LevelName.Parse(parsed.GetValue(logFileLevel)!),
        parsed.GetValue(logFormat) == "json",
        parsed.GetValue(settings) ?? SettingsFile.DefaultPath,
        parsed.GetValue(compat) == ChaosToolkit ? Compatibility.ChaosToolkit : Compatibility.None);

    private bool IsUsualLog(ParseResult parsed) => parsed.GetResult(logFile) is not { Implicit: false };
}
