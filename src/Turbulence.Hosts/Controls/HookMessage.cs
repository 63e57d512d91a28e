using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Values;

namespace Turbulence.Hosts.Controls;

/// <summary>How a hook is told to a worker.</summary>
internal static class HookMessage
{
    /// <summary>Writes one of the hooks around a level.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="call">The hook and its objects.</param>
    /// <param name="wanted">The objects that the hook wants.</param>
    public static void Write(Utf8JsonWriter writer, ControlCall call, IReadOnlyList<string> wanted)
    {
        Begin(writer, HookName.Of(call.Level, call.Side), call.Control, call.Arguments);
        if (wanted.Contains("context"))
        {
            var pointer = call.ContextPointer;
            writer.WriteString("contextPointer"u8, pointer);
            if (pointer is null || !wanted.Contains("experiment"))
            {
                Write(writer, "context", call.Context);
            }
        }

        // Nothing is resolved while the experiment is loaded: there the reference passes None for these.
        var isResolved = call.Level != ControlLevel.Loader;
        foreach (var name in wanted)
        {
            switch (name)
            {
                case "state":
                    Write(writer, name, call.State);
                    break;
                case "experiment":
                    Write(writer, name, isResolved ? call.Experiment : null);
                    break;
                case "configuration":
                    Write(writer, name, isResolved ? call.Configuration : null);
                    break;
                case "secrets":
                    Write(writer, name, isResolved ? call.Secrets : null);
                    break;
                case "settings":
                    Write(writer, name, call.Scene.Settings);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>
    /// Writes <see cref="HookName.Configure"/>, with everything that it may want, or <see cref="HookName.Cleanup"/>, with nothing.
    /// </summary>
    public static void Write(Utf8JsonWriter writer, ControlSetup setup, string hook)
    {
        var values = setup.Scene.Values;

        // The reference replaces nothing in what configure_control gets.
        var arguments = setup.Scene.Compatibility == Compatibility.ChaosToolkit
            ? setup.Control.Arguments
            : Substitution.Apply(setup.Control.Arguments, values) as JsonObject;
        Begin(writer, hook, setup.Control, arguments ?? []);
        if (hook == HookName.Configure)
        {
            writer.WriteBoolean("global"u8, setup.IsGlobal);
            Write(writer, "control", setup.Control.Declaration);
            Write(writer, "loadedSettings", setup.Scene.Settings);
            Write(writer, "experiment", setup.Scene.Experiment);
            Write(writer, "configuration", values.Configuration);
            Write(writer, "secrets", values.Secrets);
            Write(writer, "settings", setup.Settings);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a control of <c>validate</c>: the whole declaration, since a control may look at every key of it.</summary>
    public static void WriteDeclared(Utf8JsonWriter writer, ControlDeclaration control) => control.Declaration.WriteTo(writer);

    private static void Begin(Utf8JsonWriter writer, string hook, ControlDeclaration control, JsonObject arguments)
    {
        writer.WriteStartObject();
        writer.WriteString("hook"u8, hook);
        writer.WriteString("name"u8, control.Name);
        Write(writer, "provider", control.Provider);
        Write(writer, "arguments", arguments);
    }

    private static void Write(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        writer.WritePropertyName(name);
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer);
        }
    }
}
