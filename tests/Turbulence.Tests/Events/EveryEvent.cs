using System.Collections;
using System.Reflection;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;

namespace Turbulence.Tests.Events;

/// <summary>Makes an event of every type, all of whose texts say the same, and finds the texts in events again.</summary>
internal static class EveryEvent
{
    /// <summary>The types of all events.</summary>
    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(RunEvent).Assembly
            .GetTypes()
            .Where(type => type.IsSubclassOf(typeof(RunEvent)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>An event with <paramref name="text"/> wherever it can have one.</summary>
    public static RunEvent Of(Type type, string text) => (RunEvent)Make(type, text, "");

    /// <summary>The texts of a value with their places, through all that is reached from it.</summary>
    public static IEnumerable<(string Place, string Text)> Texts(object? value) => Texts(value, "", []);

    private static object Make(Type type, string text, string name)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string))
        {
            return text;
        }

        if (type.IsAssignableTo(typeof(JsonNode)) || type == typeof(JsonNode))
        {
            return new JsonObject { ["name"] = text, [text] = new JsonArray(text) };
        }

        if (type == typeof(Activity))
        {
            return new Activity((JsonObject)Make(typeof(JsonObject), text, name));
        }

        if (type == typeof(Experiment))
        {
            return new Experiment((JsonObject)Make(typeof(JsonObject), text, name), new DocumentMap(), text, "/");
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(0)!;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
        {
            var list = Array.CreateInstance(type.GenericTypeArguments[0], 1);
            list.SetValue(Make(type.GenericTypeArguments[0], text, name), 0);
            return list;
        }

        if (type.Namespace == nameof(System))
        {
            return Activator.CreateInstance(type)!;
        }

        var constructor = type.GetConstructors().OrderByDescending(each => each.GetParameters().Length).First();
        var made = constructor.Invoke(
            [.. constructor.GetParameters().Select(parameter => Make(parameter.ParameterType, text, parameter.Name!))]);
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true }
            && constructor.GetParameters().All(parameter => parameter.Name != property.Name)))
        {
            property.SetValue(made, Make(property.PropertyType, text, property.Name));
        }

        return made;
    }

    private static IEnumerable<(string, string)> Texts(object? value, string place, HashSet<object> seen)
    {
        switch (value)
        {
            case null:
                return [];
            case string text:
                return [(place, text)];
            case JsonNode node:
                return [(place, node.ToJsonString())];
            case IEnumerable list:
                return list.Cast<object?>().SelectMany(each => Texts(each, place, seen));
            case ValueType or DocumentMap or Type:
                return [];
            default:
                return !seen.Add(value) ? [] : value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
                    .Where(property => property.GetIndexParameters().Length == 0)
                    .SelectMany(property => Texts(property.GetValue(value), $"{place}.{property.Name}", seen)).ToList();
        }
    }
}
