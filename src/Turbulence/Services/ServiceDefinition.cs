using Turbulence.Keys;

namespace Turbulence.Services;

/// <summary>
/// One service of the system under test: an entry of <c>services</c> in the extension named <c>turbulence</c>, its placeholders replaced.
/// The reference runner ignores it.
/// </summary>
/// <param name="Name">The entry's key.</param>
/// <param name="Run"><c>run</c>: the program and its arguments; empty for one that runs already, and is left running.</param>
public sealed record ServiceDefinition(string Name, IReadOnlyList<string> Run)
{
    /// <summary>The name of the extension object that holds the block.</summary>
    public const string Extension = ServiceKeys.Extension;

    /// <summary>Whether it runs already: the run waits for it, and neither starts nor ends it.</summary>
    public bool RunsAlready => Run.Count == 0;

    /// <summary>
    /// <c>needs</c>: the services that have to be ready before it is started, and that are stopped after it. Default: none.
    /// </summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary><c>ready</c>: how it is seen that it is ready. Default, null: it is ready as soon as it runs.</summary>
    public ReadyCondition? Ready { get; init; }

    /// <summary><c>ready.url</c>; null where it is seen in another way.</summary>
    public Uri? ReadyUrl => (Ready as UrlReadiness)?.Url;

    /// <summary>
    /// The TCP port of this machine on which it listens, by <c>ready.url</c> or <c>ready.tcp</c>; null where neither says so.
    /// </summary>
    public int? LocalPort => Ready?.LocalPort;

    /// <summary><c>ready.timeout</c>, in seconds: how long to wait until it is ready. Default: 30.</summary>
    public TimeSpan ReadyTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>cwd</c>: where it runs, relative to the experiment file. Default: the current directory of the run.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary><c>env</c>: variables that it gets beside ours.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// <c>output</c>: the file that gets what it prints, relative to where it runs. Default: its name with the ending <c>.log</c>.
    /// </summary>
    public string Output { get; init; } = Name + ".log";

    /// <summary><c>stop_timeout</c>, in seconds: how long it may take to end when asked to, before it is killed. Default: 10.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// <c>adopt</c>: <c>"any"</c> lets a run use whatever has the port of <c>ready.url</c> or <c>ready.tcp</c>. Default: only what is
    /// recognisably what <c>run</c> starts, by its file name and its arguments.
    /// </summary>
    public bool AdoptsAnything { get; init; }

    /// <summary>
    /// <c>clock</c>: <c>"adjustable"</c> lets the run start it with a clock that <c>clock.skew</c> can move. Default: the machine's.
    /// </summary>
    public bool HasAdjustableClock { get; init; }

    /// <summary><c>proxy</c>: the fault proxies through which it is reached, as they are declared. Default: none.</summary>
    public IReadOnlyList<ServiceProxy> Proxies { get; init; } = [];

    /// <summary>The names that are written as <c>${name}</c> and have no value.</summary>
    public IReadOnlyList<string> Unresolved { get; init; } = [];

    /// <summary>Why it cannot be started as it is written, with the values that it got, in one line; null where it can.</summary>
    public string? Problem { get; init; }
}
