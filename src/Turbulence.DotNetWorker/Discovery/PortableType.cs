using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Turbulence.DotNetWorker.Values;

namespace Turbulence.DotNetWorker.Discovery;

/// <summary>The names of types that mean the same in every language.</summary>
internal static class PortableType
{
    /// <summary>What an argument is in an experiment.</summary>
    public static string Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            return "string";
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "boolean",
            TypeCode.String or TypeCode.Char or TypeCode.DateTime => "string",
            TypeCode.Double or TypeCode.Single or TypeCode.Decimal => "number",
            >= TypeCode.SByte and <= TypeCode.UInt64 => "integer",
            _ => OfObject(type),
        };
    }

    /// <summary>What a method's result is, once it has been waited for.</summary>
    public static string OfResult(Type type)
    {
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
        {
            return "null";
        }

        if (!type.IsGenericType)
        {
            return typeof(Stream).IsAssignableFrom(type) ? "string" : Of(type);
        }

        var open = type.GetGenericTypeDefinition();
        return open == typeof(Task<>) || open == typeof(ValueTask<>) ? OfResult(type.GetGenericArguments()[0])
            : open == typeof(IAsyncEnumerable<>) ? "list"
            : Of(type);
    }

    private static string OfObject(Type type)
    {
        if (type == typeof(byte[]))
        {
            return "byte";
        }

        // A duration is a number of seconds.
        if (type == typeof(Half) || type == typeof(TimeSpan))
        {
            return "number";
        }

        if (NumberValue.Handles(type))
        {
            return "integer";
        }

        if (typeof(ITuple).IsAssignableFrom(type))
        {
            return "tuple";
        }

        if (typeof(JsonObject).IsAssignableFrom(type) || typeof(IDictionary).IsAssignableFrom(type) || ListValue.ValueOf(type) is not null)
        {
            return "mapping";
        }

        if (typeof(JsonNode).IsAssignableFrom(type))
        {
            return type == typeof(JsonArray) ? "list" : "object";
        }

        return type.GetInterfaces().Append(type).Any(IsSet) ? "set"
            : typeof(IEnumerable).IsAssignableFrom(type) ? "list"
            : TextValue.Handles(type) ? "string"
            : "object";
    }

    private static bool IsSet(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is var open && (open == typeof(ISet<>) || open == typeof(IReadOnlySet<>));
}
