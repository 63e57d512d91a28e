using System.Text.Json;
using System.Text.Json.Nodes;

namespace Turbulence.DotNetWorker.Values;

/// <summary>How well a type suits a value that it can take, to choose between overloads.</summary>
internal static class ValueFit
{
    private const int Any = 100;

    private static readonly Type[] ForWhole =
    [
        typeof(int), typeof(long), typeof(Int128), typeof(uint), typeof(ulong), typeof(UInt128), typeof(short), typeof(ushort),
        typeof(sbyte), typeof(byte),
        typeof(decimal), typeof(double), typeof(float), typeof(Half), typeof(nint), typeof(nuint),
    ];

    private static readonly Type[] ForFraction = [typeof(double), typeof(decimal), typeof(float), typeof(Half)];

    /// <summary>0 for the natural type of the value, more for what is further from it.</summary>
    public static int Rank(JsonElement value, Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(object))
        {
            return Any;
        }

        if (type == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(type))
        {
            return Any - 1;
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => type == typeof(string) ? 0 : type == typeof(char) ? 1 : 2,
            JsonValueKind.Number => Place(value.TryGetInt64(out _) || value.TryGetUInt64(out _) ? ForWhole : ForFraction, type),
            JsonValueKind.Array when ListValue.ElementOf(type) is { } element => value.GetArrayLength() == 0 ? 0 : Rank(value[0], element),
            JsonValueKind.Object when ListValue.ValueOf(type) is null => 1,
            _ => 0,
        };
    }

    private static int Place(Type[] order, Type type)
    {
        var place = Array.IndexOf(order, type);
        return place < 0 ? order.Length : place;
    }
}
