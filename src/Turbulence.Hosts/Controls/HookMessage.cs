using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Controls;
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

        foreach (var name in wanted)
        {
            switch (name)
            {
                case "state":
                    Write(writer, name, call.State);
                    break;
                case "experiment":
                    Write(writer, name, call.Experiment);
                    break;
                case "configuration":
                    Write(writer, name, call.Configuration);
                    break;
                case "secrets":
                    Write(writer, name, call.Secrets);
                    break;
                case "settings":
                    Write(writer, name, call.Scene.Settings);
                    break;
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes <see cref="HookName.Configure"/>, with everything that it may want, or <see cref="HookName.Cleanup"/>, with nothing.</summary>
    public static void Write(Utf8JsonWriter writer, ControlSetup setup, string hook)
    {
        var values = setup.Scene.Values;
        Begin(writer, hook, setup.Control, Substitution.Apply(setup.Control.Arguments, values) as JsonObject ?? []);
        if (hook == HookName.Configure)
        {
            Write(writer, "experiment", setup.Scene.Experiment);
            Write(writer, "configuration", values.Configuration);
            Write(writer, "secrets", values.Secrets);
            Write(writer, "settings", setup.Settings);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a control of <c>validate</c>.</summary>
    public static void WriteDeclared(Utf8JsonWriter writer, ControlDeclaration control)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, control.Name);
        Write(writer, "provider", control.Provider);
        writer.WriteEndObject();
    }

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
