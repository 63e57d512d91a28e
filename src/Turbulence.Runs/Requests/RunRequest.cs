using Turbulence.Documents;
using Turbulence.Options;
using Turbulence.Settings;

namespace Turbulence.Runs.Requests;

/// <summary>
/// How an experiment is to be run. What is left at null is decided by the experiment's <c>runtime</c>, then by the settings', then by the
/// default.
/// </summary>
public sealed record RunRequest
{
    /// <summary>Whose rules apply where the reference's and ours differ. Default: ours.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary>Whether every key that is not known is an error. Default: misspelt ones are, others are warnings.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether the experiment is run without being validated; what cannot be read at all is refused still. Default: no.</summary>
    public bool SkipValidation { get; init; }

    /// <summary>Whether the certificate of a server that an experiment is downloaded from is checked. Default: yes.</summary>
    public bool VerifyTls { get; init; } = true;

    /// <summary>What a rehearsal leaves out. Default: nothing.</summary>
    public DryMode Dry { get; init; }

    /// <summary>When the declared rollbacks are played.</summary>
    public RollbackStrategy? Rollbacks { get; init; }

    /// <summary>When the steady state is checked, by its name, see <see cref="HypothesisStrategyName"/>.</summary>
    public string? Hypothesis { get; init; }

    /// <summary>The gap between two continuous checks. Range: above zero. Default in the end: 1 s.</summary>
    public TimeSpan? Frequency { get; init; }

    /// <summary>Whether a missed continuous check ends the method. Default: where the experiment or the settings ask for it.</summary>
    public bool FailFast { get; init; }

    /// <summary>
    /// Who uses the system meanwhile, as <c>URL@RATE</c>, in place of the experiment's own users. Default: null, those of the experiment.
    /// </summary>
    public string? Users { get; init; }

    /// <summary>Values of the configuration, each as <c>NAME[:TYPE]=VALUE</c>. Default: none.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    /// <summary>Files of values, in JSON, YAML or the dotenv form. Default: none.</summary>
    public IReadOnlyList<string> VariableFiles { get; init; } = [];

    /// <summary>Files of global controls, in JSON or YAML. Default: none.</summary>
    public IReadOnlyList<string> ControlFiles { get; init; } = [];

    /// <summary>The settings that apply. Default: none.</summary>
    public ChaosSettings Settings { get; init; } = ChaosSettings.None;

    /// <summary>The folder of the settings' file, where relative paths of its controls begin. Default: the place's folder.</summary>
    public string? SettingsFolder { get; init; }

    /// <summary>The journal's file; it is replaced. Default: null, nothing is written.</summary>
    public string? JournalPath { get; init; }
}
