using Turbulence.Documents;

namespace Turbulence.Values;

/// <summary>Where the values of a run come from, besides the experiment.</summary>
public sealed record ValueSources
{
    /// <summary>Whose rules apply where the two differ. Default: ours.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary>The environment, with the entries of dotenv files laid over it. Default: that of the process.</summary>
    public EnvironmentVariables Environment { get; init; } = EnvironmentVariables.OfProcess;

    /// <summary>What <c>--var</c> and <c>--var-file</c> gave. Default: nothing.</summary>
    public VariableOverrides Overrides { get; init; } = VariableOverrides.None;

    /// <summary>The folder that the paths of <c>file</c> secrets are relative to: the experiment's. Default: the current one.</summary>
    public string Folder { get; init; } = ".";

    /// <summary>
    /// True to leave Vault alone: each of its secrets is then null. For validation without a network. Default: false.
    /// </summary>
    public bool Offline { get; init; }

    /// <summary>How long one answer of Vault may take. Default: 30 seconds.</summary>
    public TimeSpan VaultTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Measures time limits. Default: the system's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
