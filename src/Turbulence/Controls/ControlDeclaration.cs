using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.Controls;

/// <summary>
/// A control, read from its declaration: <c>{"name", "provider", "scope", "automatic"}</c>, or <c>{"ref"}</c> for one of the
/// experiment's. A value of the wrong type reads as absent; validation has said so by then.
/// </summary>
/// <param name="Name">
/// What tells the control from others. Of a global control the key in the map that declares it; of every other its <c>name</c>.
/// Empty where there is none.
/// </param>
/// <param name="Declaration">The control's object, live.</param>
public sealed record ControlDeclaration(string Name, JsonObject Declaration)
{
    /// <summary>Reads a control that an experiment, a hypothesis or an activity declares.</summary>
    public static ControlDeclaration Of(JsonObject declaration) => new(Text(declaration["name"]) ?? "", declaration);

    /// <summary><c>ref</c>: the name of the control that is meant; null for a control of its own.</summary>
    public string? Reference => Text(Declaration["ref"]);

    /// <summary><c>provider</c>.</summary>
    public JsonObject Provider => Declaration["provider"] as JsonObject ?? [];

    /// <summary><c>provider.type</c>; the empty text where it is absent.</summary>
    public string ProviderType => Text(Provider["type"]) ?? "";

    /// <summary><c>provider.arguments</c>, as declared.</summary>
    public JsonObject? Arguments => Provider["arguments"] as JsonObject;

    /// <summary><c>automatic</c>: whether a control of the experiment also stands around what is inside of it. Default: true.</summary>
    public bool Automatic => !(Declaration["automatic"] is JsonValue value && value.TryGetValue<bool>(out var flag) && !flag);

    /// <summary>Whether <c>scope</c> lets the hooks of <paramref name="side"/> be called. Default: both sides.</summary>
    public bool IsOn(ControlSide side) => Text(Declaration["scope"]) is not { } scope || scope == HookName.Of(side);

    private static string? Text(JsonNode? node) => JsonTexts.TryRead(node, out var text) ? text : null;
}
