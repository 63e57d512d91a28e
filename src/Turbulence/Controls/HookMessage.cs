using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Keys;
using Turbulence.Values;

namespace Turbulence.Controls;

/// <summary>
/// What a program or a server is told of a hook, and how its answer is read. The document:
/// <code>
///   { "hook": "after_activity", "level": "activity", "side": "after", "control": name, "title": the experiment's,
///     "context": …, "state": …, "arguments": …, "configuration": …, "secrets": { scope: … } }
/// </code>
/// <c>secrets</c> holds the scopes that <c>provider.secrets</c> lists, and <c>arguments</c> may hold theirs; every other secret
/// is masked, wherever it stands.
/// </summary>
internal static class HookMessage
{
    /// <summary>Whether <c>provider.hooks</c> asks for a hook. Default: for every one.</summary>
    public static bool IsWanted(ControlDeclaration control, string hook) =>
        control.Provider["hooks"] is not JsonArray hooks || hooks.Any(name => JsonTexts.TryRead(name, out var text) && text == hook);

    /// <summary>The document for one of the hooks around a level.</summary>
    public static JsonObject Of(ControlCall call)
    {
        var message = Head(HookName.Of(call.Level, call.Side), call.Control, call.Scene);
        message["level"] = HookName.Of(call.Level);
        message["side"] = HookName.Of(call.Side);
        message["context"] = Masked(call.Scene.Mask, call.Context);
        message["state"] = Masked(call.Scene.Mask, call.State);
        return WithValues(message, call.Control, call.Scene, call.Arguments);
    }

    /// <summary>The document for <see cref="HookName.Configure"/> and <see cref="HookName.Cleanup"/>.</summary>
    public static JsonObject Of(ControlSetup setup, string hook) => WithValues(
        Head(hook, setup.Control, setup.Scene),
        setup.Control,
        setup.Scene,
        Substitution.Apply(setup.Control.Arguments, setup.Scene.Values));

    /// <summary>
    /// Reads an answer: <c>{"interrupt": "reason"}</c> stops the run, whatever the reason, an empty one included; false or null there, and
    /// every other text, lets it go on. One that speaks of an interruption and cannot be read is a failure of the control: it may have
    /// meant one.
    /// </summary>
    public static ControlResult Read(string answer)
    {
        // A program may have said something before; the last line is then the answer.
        var text = answer.Trim();
        var last = text[(text.LastIndexOf('\n') + 1)..];
        if ((Parse(text) ?? Parse(last)) is not { } read)
        {
            return last.Contains("\"interrupt\"", StringComparison.Ordinal)
                ? ControlResult.Failed("its answer holds \"interrupt\", but is no JSON object, so that it interrupts nothing")
                : ControlResult.Continue;
        }

        return read["interrupt"] is { } reason && reason.GetValueKind() != JsonValueKind.False
            ? ControlResult.Interrupt(JsonTexts.TryRead(reason, out var words) ? words : "")
            : ControlResult.Continue;
    }

    /// <summary>Adds every problem of the keys that all such controls have.</summary>
    public static void Validate(ControlDeclaration control, DocumentPath path, ProblemList problems)
    {
        if (control.Provider["hooks"] is { } hooks)
        {
            var names = (hooks as JsonArray)?.Select(name => JsonTexts.TryRead(name, out var text) ? text : "").ToList();
            if (names is null || names.Exists(name => !HookName.All.Contains(name)))
            {
                problems.Error(
                    path["provider"]["hooks"], $"Control '{control.Name}' hooks must be a list of: {string.Join(", ", HookName.All)}");
            }
        }

        if (control.Provider["secrets"] is { } scopes
            && (scopes is not JsonArray list || list.Any(scope => scope?.GetValueKind() != JsonValueKind.String)))
        {
            problems.Error(path["provider"]["secrets"], $"Control '{control.Name}' secrets must be a list of scopes");
        }
    }

    /// <summary>Reads <c>provider.timeout</c>, in seconds.</summary>
    public static bool TryReadTimeout(ControlDeclaration control, TimeSpan usual, out TimeSpan timeout)
    {
        timeout = usual;
        if (control.Provider["timeout"] is not { } declared)
        {
            return true;
        }

        if (!JsonNumbers.TryReadDouble(declared, out var seconds) || !ControlKeys.Timeout.NumberForm.Allows(seconds))
        {
            return false;
        }

        timeout = TimeSpan.FromSeconds(seconds);
        return true;
    }

    private static JsonObject Head(string hook, ControlDeclaration control, ControlScene scene)
    {
        lock (scene.Gate)
        {
            return new JsonObject
            {
                ["hook"] = hook,
                ["control"] = control.Name,
                ["title"] = Masked(scene.Mask, scene.Experiment["title"]),
            };
        }
    }

    private static JsonObject WithValues(JsonObject message, ControlDeclaration control, ControlScene scene, JsonNode? arguments)
    {
        lock (scene.Gate)
        {
            var (open, hidden) = (new JsonObject(), new JsonObject());
            foreach (var (scope, values) in scene.Values.Secrets)
            {
                (IsListed(control, scope) ? open : hidden)[scope] = values?.DeepClone();
            }

            var others = open.Count == 0 ? scene.Mask : SecretMask.For(new ResolvedValues(scene.Values.Configuration, hidden));
            message["arguments"] = Masked(others, arguments) ?? new JsonObject();
            message["configuration"] = Masked(scene.Mask, scene.Values.Configuration);
            message["secrets"] = open;
            return message;
        }
    }

    private static bool IsListed(ControlDeclaration control, string scope) =>
        control.Provider["secrets"] is JsonArray scopes && scopes.Any(name => JsonTexts.TryRead(name, out var text) && text == scope);

    private static JsonNode? Masked(SecretMask mask, JsonNode? node) => mask.Apply(node)?.DeepClone();

    private static JsonObject? Parse(string text)
    {
        try
        {
            return text.StartsWith('{') && JsonNode.Parse(text) is JsonObject map && JsonMaps.IsReadable(map) ? map : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
