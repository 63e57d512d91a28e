using System.Collections;
using System.Text.Json;

namespace Turbulence.DotNetWorker.Values;

/// <summary>Lists, sets and dictionaries, whose elements are converted one by one.</summary>
internal static class ListValue
{
    private static readonly Type[] Lists = [
        typeof(List<>), typeof(IList<>), typeof(ICollection<>), typeof(IEnumerable<>), typeof(IReadOnlyList<>),
        typeof(IReadOnlyCollection<>),
    ];
    private static readonly Type[] Sets = [typeof(HashSet<>), typeof(ISet<>), typeof(IReadOnlySet<>)];
    private static readonly Type[] Maps = [typeof(Dictionary<,>), typeof(IDictionary<,>), typeof(IReadOnlyDictionary<,>)];

    /// <summary>The type of the elements; null where the type is no list or set that is known here.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsArray && type.GetArrayRank() == 1 ? type.GetElementType()
        : type == typeof(IEnumerable) || type == typeof(IList) || type == typeof(ICollection) ? typeof(object)
        : type.IsGenericType && (Lists.Contains(type.GetGenericTypeDefinition()) || Sets.Contains(type.GetGenericTypeDefinition()))
            ? type.GetGenericArguments()[0]
        : null;

    /// <summary>The type of the values; null where the type is no dictionary from texts that is known here.</summary>
    public static Type? ValueOf(Type type) =>
        type == typeof(IDictionary) ? typeof(object)
        : type.IsGenericType && Maps.Contains(type.GetGenericTypeDefinition()) && type.GetGenericArguments()[0] == typeof(string)
            ? type.GetGenericArguments()[1]
        : null;

    /// <summary>Converts a list.</summary>
    public static Misfit? TryConvertList(JsonElement value, Type type, Type element, out object? result, JsonSerializerOptions? options)
    {
        var array = Array.CreateInstance(element, value.GetArrayLength());
        result = null;
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (ArgumentValue.TryConvert(item, element, out var converted, options) is { } misfit)
            {
                return misfit.In($"[{index}]");
            }

            array.SetValue(converted, index++);
        }

        result = type.IsArray ? array
            : type.IsGenericType && Sets.Contains(type.GetGenericTypeDefinition())
                ? Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(element), array)
            : Activator.CreateInstance(typeof(List<>).MakeGenericType(element), array);
        return null;
    }

    /// <summary>Converts a map.</summary>
    public static Misfit? TryConvertMap(JsonElement value, Type element, out object? result, JsonSerializerOptions? options)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
        result = null;
        foreach (var (key, member) in Members(value))
        {
            if (ArgumentValue.TryConvert(member, element, out var converted, options) is { } misfit)
            {
                return misfit.In($".{key}");
            }

            map[key] = converted;
        }

        result = map;
        return null;
    }

    /// <summary>An object's members; of several with one name the last counts.</summary>
    public static IEnumerable<KeyValuePair<string, JsonElement>> Members(JsonElement value)
    {
        Dictionary<string, JsonElement> members = [];
        foreach (var property in value.EnumerateObject())
        {
            members[property.Name] = property.Value;
        }

        return members;
    }
}
