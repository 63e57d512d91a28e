using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Runs;
using Turbulence.Runs.Requests;
using Turbulence.Runs.Scopes;
using Turbulence.Testing.Frameworks;
using Turbulence.Testing.Isolation;
using Turbulence.Testing.Results;
using Turbulence.Testing.Seeds;

namespace Turbulence.Testing;

/// <summary>
/// Chaos in one test. As an object, to be made in the test's own method, it puts faults in for a part of the test:
/// <code>
///   using var chaos = new ChaosTest();
///   await using var slow = await chaos.FaultAsync("dotnet.http", new() { ["host"] = "payments", ["delay"] = 2 });
/// </code>
/// Without one, <c>await ChaosTest.RunAsync("experiment.yaml")</c> is an experiment as a test.
/// </summary>
public sealed class ChaosTest : IDisposable
{
    /// <summary>The variable of the environment that names the seed, so that a failure can be made again: <c>TURBULENCE_SEED</c>.</summary>
    public const string SeedVariable = TestSeed.Variable;

    private readonly ChaosTestOptions options;
    private readonly ITestFramework framework;
    private readonly TestBaggage baggage = new();
    private bool hasTold;

    /// <summary>Begins. Nothing is started, and nothing touched.</summary>
    /// <param name="options">What it is told. Default: nothing.</param>
    /// <exception cref="FormatException">The variable that names the seed is no whole number.</exception>
    public ChaosTest(ChaosTestOptions? options = null)
    {
        this.options = options ?? new ChaosTestOptions();
        framework = TestFrameworks.Current;
        Seed = TestSeed.Choose(this.options.Seed ?? this.options.Place.Seed);
    }

    /// <summary>What every random choice of its faults comes from. From 0.</summary>
    public int Seed { get; }

    /// <summary>
    /// What marks the requests of this test, as the header <c>baggage</c> has it. <c>HttpClient</c> sends it by itself in the flow of the
    /// test.
    /// </summary>
    public string Baggage => baggage.Entry;

    /// <summary>
    /// A handler that marks requests as those of this test, for clients that do not do so themselves, as that of
    /// <c>WebApplicationFactory</c>: <c>factory.CreateDefaultClient(chaos.CreateHandler())</c>.
    /// </summary>
    public DelegatingHandler CreateHandler() => new BaggageHandler(baggage);

    /// <summary>
    /// Puts a fault in, and comes back when its effect was seen. It is in until the scope that this gives is disposed of, which throws
    /// where the fault had no effect, lost it early, or was not seen to be taken back.
    /// </summary>
    /// <param name="kind">
    /// Its kind, as <c>chaos faults kinds</c> lists them. One of <c>dotnet.*</c> that names no process works in this one, where the
    /// services of a <c>WebApplicationFactory</c> run.
    /// </param>
    /// <param name="arguments">The arguments of the kind. Default: none.</param>
    /// <param name="through">The proxy that a fault of <c>network.*</c> is put into. Default: what the arguments say.</param>
    /// <param name="duration">When it is taken back by itself. Default: at the end of the scope.</param>
    /// <exception cref="RunRefusedException">It cannot be put in as it is asked for; nothing was touched.</exception>
    /// <exception cref="FaultScopeException">It could not be put in, or had no effect.</exception>
    /// <exception cref="OperationCanceledException">The test was cancelled; everything is as it was.</exception>
    public Task<FaultScope> FaultAsync(
        string kind, JsonObject? arguments = null, FaultProxy? through = null, TimeSpan? duration = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        if (!hasTold)
        {
            hasTold = true;
            framework.WriteLine($"chaos: {TestSeed.Again(Seed)}");
        }

        var asked = new ScopedFault(kind, through?.Arguments(arguments) ?? arguments ?? [])
        {
            Title = $"{kind} in {framework.TestName}",
            Duration = duration,
        };
        return FaultScope.BeginAsync(
            new NarrowedFault(options.Place.Kinds, Seed, options.IsIsolated ? baggage : null).Of(asked),
            null,
            options.Place with { Seed = Seed },
            options.CancellationToken ?? framework.CancellationToken);
    }

    /// <summary>Starts fault proxies that code under test can call through; there is none yet.</summary>
    /// <exception cref="InvalidOperationException">They cannot be started; the message says why.</exception>
    public Task<FaultProxies> StartProxiesAsync() =>
        FaultProxies.StartAsync(options.Place with { Seed = Seed }, options.CancellationToken ?? framework.CancellationToken);

    /// <summary>Runs an experiment of a file as a test: only one that has passed comes back.</summary>
    /// <param name="experiment">
    /// The file, as a full path, or a URL; a relative path is looked for beside the test's assembly, and then in each folder above that.
    /// </param>
    /// <param name="request">How it is run. Default: as it says itself; the journal is written in any case.</param>
    /// <param name="options">Where it is run, and its seed. Default: nothing.</param>
    /// <returns>How it ended: passed.</returns>
    /// <exception cref="ChaosTestException">It has not passed; the message says why, in the words of the command.</exception>
    public static Task<RunOutcome> RunAsync(string experiment, RunRequest? request = null, ChaosTestOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(experiment);
        return RunAsync(Chaos.Load(ExperimentFile.Find(experiment)), request, options);
    }

    /// <summary>Runs an experiment of code as a test: only one that has passed comes back.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="request">How it is run. Default: as it says itself; the journal is written in any case.</param>
    /// <param name="options">Where it is run, and its seed. Default: nothing.</param>
    /// <returns>How it ended: passed.</returns>
    /// <exception cref="ChaosTestException">It has not passed; the message says why, in the words of the command.</exception>
    public static Task<RunOutcome> RunAsync(
        ExperimentBuilder experiment, RunRequest? request = null, ChaosTestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        return RunAsync(experiment.Build(), request, options);
    }

    /// <summary>Ends. Faults end with their own scopes.</summary>
    public void Dispose() => baggage.Dispose();

    private static async Task<RunOutcome> RunAsync(LoadableExperiment experiment, RunRequest? request, ChaosTestOptions? options)
    {
        var told = options ?? new ChaosTestOptions();
        var framework = TestFrameworks.Current;
        var place = told.Place with { Seed = TestSeed.Choose(told.Seed ?? told.Place.Seed) };
        var end = await new ExperimentTest(framework, experiment, request ?? new RunRequest(), place).RunAsync(
            told.CancellationToken ?? framework.CancellationToken);
        return end.Failure is { } failure ? throw new ChaosTestException(failure, end.Outcome) : end.Outcome!;
    }
}
