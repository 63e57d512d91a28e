using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Hosts.Controls;

/// <summary>The hooks that a control has, and of each the objects that it wants to be handed.</summary>
internal sealed class HookTable
{
    private static readonly string[] Everything = ["context", "state", "experiment", "configuration", "secrets", "settings"];

    private readonly Dictionary<string, IReadOnlyList<string>>? hooks;

    private HookTable(Dictionary<string, IReadOnlyList<string>>? hooks) => this.hooks = hooks;

    /// <summary>Nobody has said yet what there is: every hook is called, with everything.</summary>
    public static HookTable Unknown { get; } = new(null);

    /// <summary>Reads the member <c>hooks</c> of the answer to <c>configure</c>.</summary>
    public static HookTable Read(JsonObject? hooks) => hooks is null
        ? Unknown
        : new(hooks.ToDictionary(
            pair => pair.Key,
            IReadOnlyList<string> (pair) =>
                [.. (pair.Value as JsonArray ?? []).Select(name => JsonTexts.TryRead(name, out var text) ? text : "")]));

    /// <summary>The objects that a hook wants; null where there is no such hook.</summary>
    public IReadOnlyList<string>? Wanted(string hook) => hooks is null ? Everything : hooks.GetValueOrDefault(hook);
}
