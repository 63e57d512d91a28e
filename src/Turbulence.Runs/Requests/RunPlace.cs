using System.Reflection;
using Turbulence.Faults;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Runs.Requests;

/// <summary>
/// Where runs happen, and with what. Nothing of it is changed by a run, and nothing of the process is: runs in one process, each with a
/// place of its own or all in one, know nothing of each other but through the state folder.
/// </summary>
public sealed record RunPlace
{
    /// <summary>
    /// Where relative paths of the caller begin: of the experiment, the journal, variable files. Absolute. Default: null, the current
    /// folder of the process.
    /// </summary>
    public string? Folder { get; init; }

    /// <summary>The environment that the run sees and its processes start with. Default: null, that of the process.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>
    /// Where what is injected is written down, for everybody who has to take it back: one folder for a user on a machine. Absolute.
    /// Default: what <see cref="StateFolder.Find()"/> finds.
    /// </summary>
    public string? StateFolder { get; init; }

    /// <summary>
    /// The command line that starts <c>chaos</c>, which serves as the guardian and carries some faults: a file, then its first arguments.
    /// Default: what <see cref="ChaosProgram.Find()"/> finds. Without one no fault is injected.
    /// </summary>
    public IReadOnlyList<string>? Program { get; init; }

    /// <summary>The kinds of faults there are. Default: those that come with the library.</summary>
    public FaultKinds Kinds { get; init; } = BuiltInKinds.All;

    /// <summary>
    /// Services that run already, and that faults may name like those of the experiment: nobody starts, watches or stops them here. Where
    /// the experiment has one of the same name, that is meant. Default: none.
    /// </summary>
    public IReadOnlyList<ServiceLocation> Services { get; init; } = [];

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Where every random choice of a run begins, so that it can be made again; ids are none of them. Default: null, another seed for each
    /// run, which its journal names.
    /// </summary>
    public int? Seed { get; init; }

    /// <summary>
    /// Makes the ids of a run and its faults; of one run, since it serves one thread at a time. Default: null, a new one for each run,
    /// without a seed.
    /// </summary>
    public Random? Random { get; init; }

    /// <summary>The version that journals and workers are told. Default: the library's.</summary>
    public string Version { get; init; } =
        typeof(RunPlace).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";

    internal EnvironmentVariables Variables => Environment is null ? EnvironmentVariables.OfProcess : new EnvironmentVariables(Environment);

    internal string FullPath(string path) => Folder is null ? Path.GetFullPath(path) : Path.GetFullPath(path, Folder);
}
