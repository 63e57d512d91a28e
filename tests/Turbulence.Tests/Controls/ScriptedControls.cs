using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;

namespace Turbulence.Tests.Controls;

/// <summary>
/// A provider whose controls do what the test says, hook by hook, and which notes each call as <c>hook control context</c>.
/// Without a script a hook goes on.
/// </summary>
internal sealed class ScriptedControls : IControlProvider
{
    private readonly ConcurrentDictionary<string, Func<ControlCall, ControlResult>> hooks = new();
    private readonly ConcurrentDictionary<string, Func<ControlSetup, ControlResult>> setups = new();
    private readonly ConcurrentQueue<string> calls = new();

    public string Type => "scripted";

    /// <summary>All calls, in their order.</summary>
    public IReadOnlyList<string> Calls => [.. calls];

    /// <summary>The calls of one hook, without its name.</summary>
    public IEnumerable<string> Of(string hook) =>
        Calls.Where(call => call.StartsWith(hook + " ", StringComparison.Ordinal)).Select(call => call[(hook.Length + 1)..]);

    public static JsonObject Declare(string name, JsonObject? more = null)
    {
        var declaration = new JsonObject { ["name"] = name, ["provider"] = new JsonObject { ["type"] = "scripted" } };
        foreach (var (key, value) in more ?? [])
        {
            declaration[key] = value?.DeepClone();
        }

        return declaration;
    }

    public static JsonArray List(params IEnumerable<string> names) => [.. names.Select(name => Declare(name))];

    /// <summary>An activity's keys with controls of its own.</summary>
    public static JsonObject With(params IEnumerable<string> names) => new() { ["controls"] = List(names) };

    public ScriptedControls On(string hook, string control, Func<ControlCall, ControlResult> script)
    {
        hooks[$"{hook} {control}"] = script;
        return this;
    }

    public ScriptedControls On(string hook, string control, ControlResult result) => On(hook, control, _ => result);

    public ScriptedControls Setup(string hook, string control, Func<ControlSetup, ControlResult> script)
    {
        setups[$"{hook} {control}"] = script;
        return this;
    }

    public void Validate(ControlDeclaration control, DocumentPath path, ProblemList problems)
    {
    }

    public ValueTask<ControlResult> ConfigureAsync(ControlSetup setup, CancellationToken cancellationToken) => Run(setup, "configure");

    public ValueTask<ControlResult> CleanupAsync(ControlSetup setup, CancellationToken cancellationToken) => Run(setup, "cleanup");

    public ValueTask<ControlResult> CallAsync(ControlCall call, CancellationToken cancellationToken)
    {
        var hook = HookName.Of(call.Level, call.Side);
        var about = call.Context is JsonObject map ? map["name"] ?? map["title"] : call.Context;
        calls.Enqueue($"{hook} {call.Control.Name} {about}");
        return ValueTask.FromResult(hooks.TryGetValue($"{hook} {call.Control.Name}", out var script)
            ? script(call)
            : ControlResult.Continue);
    }

    private ValueTask<ControlResult> Run(ControlSetup setup, string hook)
    {
        calls.Enqueue($"{hook} {setup.Control.Name}");
        return ValueTask.FromResult(setups.TryGetValue($"{hook} {setup.Control.Name}", out var script)
            ? script(setup)
            : ControlResult.Continue);
    }
}
