using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;
using Turbulence.Running.Faults;
using Turbulence.Services;

namespace FaultRunner;

/// <summary>A run with nothing in it but faults.</summary>
internal sealed class RunnerPart(Ledger ledger, FaultKinds kinds, IReadOnlyList<string> self)
{
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Says on standard output: <c>refused TEXT</c>, <c>active ID</c>, <c>stop TEXT</c>, <c>confirmed</c>, <c>left TEXT</c>; with a proxy
    /// that may die also, of the last look, <c>looked alive|dead seen|unseen TEXT</c>, and of the look after the end <c>gone TEXT</c>.
    /// </summary>
    public async Task<int> PlayAsync(string name, JsonObject arguments, double duration, string? journal)
    {
        await using var keeper = new FaultKeeper(new FaultSurroundings(ledger, kinds, self, TimeProvider.System, new Random())
        {
            Title = "a run of the tests",
            BaseDirectory = Environment.CurrentDirectory,
            Journal = journal,
        });
        List<FaultReport> reports = [];
        string? lost = null;
        var scene = new FaultScene(
            Services,
            report =>
            {
                lock (reports)
                {
                    reports.RemoveAll(old => old.Id == report.Id);
                    reports.Add(report);
                }
            },
            (_, text) => Say($"said {text}"),
            interruption =>
            {
                Say($"stop {interruption.Message}");
                stopped.TrySetResult();
            })
        {
            Lost = (_, seen) => lost = seen,
        };
        if (await keeper.BeginAsync(scene, CancellationToken.None) is { } problem)
        {
            Say($"refused {problem}");
            return 2;
        }

        kinds.TryGet(name, out var kind);
        var declaration = new FaultDeclaration(
            name, arguments, duration > 0 ? TimeSpan.FromSeconds(duration) : null, name == "network.partition" ? 2 : 1, true);
        var injection = await keeper.InjectAsync("activity", kind!, declaration, Turbulence.Values.SecretMask.None, CancellationToken.None);
        Say(injection.Problem is { } refusal ? $"refused {refusal}" : $"active {injection.Record!.Id}");
        if (injection.Problem is null)
        {
            await Task.WhenAny(stopped.Task, Task.Run(EndOfInput));
        }

        if (Trouble.Proxy is { } proxy && injection.Problem is null)
        {
            var standing = proxy.IsAlive ? "alive" : "dead";
            await keeper.LookAsync(isLast: true, CancellationToken.None);
            Say($"looked {standing} {(lost is null ? "seen" : "unseen")} {lost ?? reports[0].Effect?.Text}");
        }

        await keeper.TakeBackAsync();
        if (Trouble.Proxy is not null && reports is [{ Confirmation: { } gone }])
        {
            Say($"gone {gone.Text}");
        }

        var left = reports.Where(report => report.IsOutstanding).ToArray();
        Say(left.Length == 0 ? "confirmed" : $"left {left[0].Problem}");
        return left.Length > 0 ? 5 : stopped.Task.IsCompleted ? 4 : injection.Problem is null ? 0 : 2;
    }

    // What a run would have started: FAULT_RUNNER_SERVICES holds a list of {name, proxy, from, api}; its process, where that may die,
    // stands in TURBULENCE_CRASH_PROXY.
    private static IReadOnlyList<ServiceLocation> Services() =>
        Environment.GetEnvironmentVariable("FAULT_RUNNER_SERVICES") is { Length: > 0 } list
            ? [.. JsonNode.Parse(list)!.AsArray().Select(service => new ServiceLocation(Text(service, "name"), null, null)
            {
                Proxies = [new ServiceProxy(Text(service, "proxy"), Text(service, "from"), new Uri(Text(service, "api")))
                {
                    Process = Trouble.Proxy,
                }],
            })]
            : [];

    private static string Text(JsonNode? service, string key) => service![key]!.GetValue<string>();

    private static void EndOfInput()
    {
        while (Console.In.ReadLine() is not null)
        {
        }
    }

    private static void Say(string text)
    {
        Console.Out.WriteLine(text);
        Console.Out.Flush();
    }
}
