using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Experiments;

namespace Turbulence.Hosts.Activities;

/// <summary>How an activity is told to a worker.</summary>
internal static class CallMessage
{
    /// <summary>Writes the parameters of <c>run</c>.</summary>
    /// <param name="writer">Receives them.</param>
    /// <param name="call">The activity and its values.</param>
    /// <param name="arguments">Its arguments, their placeholders replaced.</param>
    public static void Write(Utf8JsonWriter writer, ActivityCall call, JsonObject arguments)
    {
        var provider = call.Activity.Provider;
        writer.WriteStartObject();
        WriteHead(writer, call.Activity);
        if (call.Background)
        {
            writer.WriteBoolean("background"u8, true);
        }

        writer.WriteStartObject("provider"u8);
        WriteMembers(writer, provider, except: ["arguments", "secrets"]);
        writer.WriteEndObject();
        writer.WritePropertyName("arguments"u8);
        arguments.WriteTo(writer);
        writer.WritePropertyName("configuration"u8);
        call.Values.Configuration.WriteTo(writer);
        if (SecretScopes.Union(provider["secrets"], call.Values.Secrets) is { } secrets)
        {
            writer.WritePropertyName("secrets"u8);
            secrets.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes an activity of <c>validate</c>.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="activity">The activity.</param>
    /// <param name="withValue">Whether it will be given one more argument, <c>value</c>.</param>
    public static void WriteDeclared(Utf8JsonWriter writer, Activity activity, bool withValue)
    {
        writer.WriteStartObject();
        WriteHead(writer, activity);
        writer.WriteStartObject("provider"u8);
        WriteMembers(writer, activity.Provider, except: withValue ? ["arguments"] : []);
        if (withValue)
        {
            writer.WriteStartObject("arguments"u8);
            WriteMembers(writer, activity.Provider["arguments"] as JsonObject ?? [], except: ["value"]);
            writer.WriteNull("value"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter writer, Activity activity)
    {
        writer.WriteString("type"u8, activity.Type == ActivityType.Action ? "action"u8 : "probe"u8);
        writer.WriteString("name"u8, activity.Name);
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonObject map, ReadOnlySpan<string> except)
    {
        foreach (var (key, value) in map)
        {
            if (except.Contains(key))
            {
                continue;
            }

            writer.WritePropertyName(key);
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
}
