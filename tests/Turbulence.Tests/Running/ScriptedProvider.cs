using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Experiments;

namespace Turbulence.Tests.Running;

/// <summary>
/// A provider whose activities do what the test says: <c>{"type": "scripted", "key": "x"}</c> runs the script named x. Without
/// a script an activity returns true.
/// </summary>
internal sealed class ScriptedProvider : IActivityProvider
{
    private readonly ConcurrentDictionary<string, Func<CancellationToken, ValueTask<ActivityResult>>> scripts = new();
    private readonly ConcurrentDictionary<string, Func<ActivityCall, CancellationToken, ValueTask<ActivityResult>>> offered = new();
    private readonly ConcurrentQueue<string> calls = new();

    public string Type { get; init; } = "scripted";

    /// <summary>Whether the calls are kept. Default: yes.</summary>
    public bool Keeps { get; set; } = true;

    /// <summary>Called before the first activity of a safeguard. Default: nothing has to be started.</summary>
    public Func<CancellationToken, ValueTask> Starting { get; set; } = static _ => ValueTask.CompletedTask;

    public ValueTask StartAsync(CancellationToken cancellationToken) => Starting(cancellationToken);

    public IReadOnlyList<string> Calls => [.. calls];

    public ScriptedProvider On(string key, Func<CancellationToken, ValueTask<ActivityResult>> script)
    {
        scripts[key] = script;
        return this;
    }

    /// <summary>A script that makes use of what its call offers.</summary>
    public ScriptedProvider OnCall(string key, Func<ActivityCall, CancellationToken, ValueTask<ActivityResult>> script)
    {
        offered[key] = script;
        return this;
    }

    public ScriptedProvider On(string key, params ActivityResult[] results)
    {
        var count = -1;
        return On(key, _ => ValueTask.FromResult(results[Math.Min(Interlocked.Increment(ref count), results.Length - 1)]));
    }

    public ScriptedProvider Returns(string key, params JsonNode?[] outputs) =>
        On(key, [.. outputs.Select(ActivityResult.Succeeded)]);

    public void Validate(ActivityValidation validation)
    {
    }

    public ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var key = call.Activity.Provider["key"]!.GetValue<string>();
        if (Keeps)
        {
            calls.Enqueue(key);
        }

        if (offered.TryGetValue(key, out var works))
        {
            return works(call, cancellationToken);
        }

        return scripts.TryGetValue(key, out var script) ? script(cancellationToken) : ValueTask.FromResult(ActivityResult.Succeeded(true));
    }
}
