namespace Turbulence.DotNetWorker.Calls;

/// <summary>Who gives a parameter its value.</summary>
internal enum ParameterKind
{
    /// <summary>The experiment, by name.</summary>
    Argument,

    /// <summary>The worker: cancelled when the activity has to end.</summary>
    CancellationToken,

    /// <summary>The worker: the experiment's configuration.</summary>
    Configuration,

    /// <summary>The worker: the secrets that the provider lists.</summary>
    Secrets,

    /// <summary>The worker: lines for people.</summary>
    Logger,
}
