using System.CommandLine;
using System.Globalization;
using Turbulence.Cli.CommandLine;
using Turbulence.Load.Users;
using Turbulence.Options;
using Turbulence.Reports.Formats;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Verbs;

/// <summary>The options of <c>chaos run</c>. An option is declared here when it works, and not before.</summary>
internal sealed class RunSettings
{
    /// <summary>Where the journal goes.</summary>
    public Option<string> JournalPath { get; } = new("--journal-path")
    {
        HelpName = "PATH",
        Description = "Write the journal to this file.",
        DefaultValueFactory = static _ => "./journal.json",
    };

    /// <summary>What a rehearsal leaves out.</summary>
    public Option<string?> Dry { get; } = Choice.Among("--dry", "Rehearse, and leave out", "probes", "actions", "activities", "pause");

    /// <summary>Whether the experiment is run as it is.</summary>
    public Option<bool> NoValidation { get; } = Choice.Flag("--no-validation", "Run without validating first.");

    /// <summary>Whether a key that nobody knows is an error.</summary>
    public Option<bool> Strict { get; } = Choice.Flag("--strict", "Refuse an experiment with any key that is not known, notes included.");

    /// <summary>Whether certificates of the source's server are trusted unseen.</summary>
    public Option<bool> NoVerifyTls { get; } = Choice.Flag("--no-verify-tls", "Trust any certificate when the experiment is downloaded.");

    /// <summary>When the rollbacks are played.</summary>
    public Option<string?> Rollbacks { get; } = Choice.Among(
        "--rollback-strategy", "When the declared rollbacks are played", "default", "always", "never", "deviated");

    /// <summary>Replaces configuration.</summary>
    public Option<string[]> Variables { get; } = new("--var")
    {
        HelpName = "NAME[:TYPE]=VALUE",
        Description = "Set a configuration value; repeatable.",
    };

    /// <summary>Replaces configuration and secrets.</summary>
    public Option<string[]> VariableFiles { get; } = new("--var-file")
    {
        HelpName = "PATH",
        Description = "Set values from a JSON, YAML or dotenv file; repeatable.",
    };

    /// <summary>Declares global controls.</summary>
    public Option<string[]> ControlFiles { get; } = new("--control-file")
    {
        HelpName = "PATH",
        Description = "Add the global controls of a JSON or YAML file; repeatable.",
    };

    /// <summary>When the steady state is checked.</summary>
    public Option<string?> Hypothesis { get; } = Choice.Among(
        "--hypothesis-strategy",
        "When the steady state is checked",
        [.. HypothesisStrategyName.All.Where(name => name != HypothesisStrategyName.Of(HypothesisStrategy.Skip))],
        static word => HypothesisStrategyName.Parse(word) is not (null or HypothesisStrategy.Skip));

    /// <summary>The gap between two continuous checks.</summary>
    public Option<TimeSpan?> Frequency { get; } = Choice.Seconds(
        "--hypothesis-frequency", "The gap between two continuous checks. [default: 1]");

    /// <summary>Whether a missed continuous check ends the method.</summary>
    public Option<bool> FailFast { get; } = Choice.Flag("--fail-fast", "End the method at the first missed continuous check.");

    /// <summary>Who uses the system meanwhile.</summary>
    public Option<string?> Users { get; } = new("--users")
    {
        HelpName = UserBlock.Form,
        Description = "Send so many requests a second to this URL through the whole run, and say what they felt.",
        CustomParser = static result =>
        {
            var text = result.Tokens[0].Value;
            if (UserBlock.Parse(text) is null)
            {
                result.AddError($"'{text}' is not a value for --users; it takes a URL and a rate, such as http://localhost:8001/@200");
            }

            return text;
        },
    };

    /// <summary>The reports that are written at the end.</summary>
    public Option<string[]> Reports { get; } = new("--report")
    {
        HelpName = "FILE",
        Description = $"Write a report to this file at the end, whatever the verdict; its extension says what it is: {string.Join(", ", ReportFormats.All.Select(static format => format.Extension))}; repeatable.",
    };

    /// <summary>How the run says what happens.</summary>
    public Option<string> Output { get; } = Choice.Defaulted(
        "--output", "Say what happens in lines for people, or each event as a line of JSON", "text", "text", "json");

    /// <summary>Whether as little as there is is said.</summary>
    public Option<bool> Quiet { get; } = Choice.Flag("--quiet", "Say nothing but warnings, errors and the verdict.");

    /// <summary>The list of the weaknesses that are known.</summary>
    public Option<string?> Weaknesses { get; } = new("--weaknesses")
    {
        HelpName = "FILE",
        Description = "End with 0 where exactly the known weaknesses of this file occur, and with 1 where one is new or one is gone.",
    };

    /// <summary>Whether the run has a page in a browser.</summary>
    public Option<bool> Ui { get; } = Choice.Flag("--ui", "Show the run in a browser while it happens, at an address on this machine that is said.");

    /// <summary>The port of that page.</summary>
    public Option<int?> UiPort { get; } = Choice.Port("--ui-port", "The same, on this port.");

    /// <summary>Where every random choice begins.</summary>
    public Option<int?> Seed { get; } = new("--seed")
    {
        HelpName = "N",
        Description = "Make the random choices of the run that has this seed in its journal.",
        CustomParser = static result =>
        {
            if (int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
            {
                return seed;
            }

            result.AddError($"'{result.Tokens[0].Value}' is not a value for --seed; it takes a whole number from 0 to {int.MaxValue}");
            return null;
        },
    };

    /// <summary>Every option, in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        JournalPath, Reports, Weaknesses, Output, Quiet, Ui, UiPort, Users, Seed, Dry, NoValidation, Strict, NoVerifyTls, Rollbacks,
        Variables, VariableFiles, ControlFiles, Hypothesis, Frequency, FailFast,
    ];

    /// <summary>The port of the run's page, 0 for a free one; null for no page.</summary>
    public int? Page(ParseResult parsed) => parsed.GetValue(UiPort) ?? (parsed.GetValue(Ui) ? 0 : null);

    /// <summary>What the options say of a run.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">Whose rules apply.</param>
    /// <param name="intake">The settings' file.</param>
    public RunRequest Read(ParseResult parsed, GlobalSettings settings, SettingsIntake intake) => ReadLook(parsed, settings, intake) with
    {
        SkipValidation = parsed.GetValue(NoValidation),
        JournalPath = parsed.GetValue(JournalPath),
        Users = parsed.GetValue(Users),
        Dry = ReadDry(parsed.GetValue(Dry)),
        Rollbacks = parsed.GetValue(Rollbacks) is { } name ? RollbackStrategyName.Parse(name) : null,
        ControlFiles = parsed.GetValue(ControlFiles) ?? [],
        Hypothesis = parsed.GetValue(Hypothesis),
        Frequency = parsed.GetValue(Frequency),
        FailFast = parsed.GetValue(FailFast),
    };

    /// <summary>What the options say to a verb that only looks at an experiment.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">Whose rules apply.</param>
    /// <param name="intake">The settings' file.</param>
    public RunRequest ReadLook(ParseResult parsed, GlobalSettings settings, SettingsIntake intake) => new()
    {
        Compatibility = settings.Compatibility,
        Strict = parsed.GetValue(Strict),
        VerifyTls = !parsed.GetValue(NoVerifyTls),
        Variables = parsed.GetValue(Variables) ?? [],
        VariableFiles = parsed.GetValue(VariableFiles) ?? [],
        Settings = intake.Read(),
        SettingsFolder = intake.File.Folder,
    };

    private static DryMode ReadDry(string? name) => name switch
    {
        "probes" => DryMode.Probes,
        "actions" => DryMode.Actions,
        "activities" => DryMode.Activities,
        "pause" => DryMode.Pause,
        _ => DryMode.None,
    };
}
