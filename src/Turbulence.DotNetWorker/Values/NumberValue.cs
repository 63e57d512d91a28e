using System.Globalization;
using System.Text.Json;

namespace Turbulence.DotNetWorker.Values;

/// <summary>Numbers of all types, within their ranges. A number with a fraction of zero is a whole one.</summary>
internal static class NumberValue
{
    /// <summary>Whether a number can be one of these.</summary>
    public static bool Handles(Type type) =>
        (!type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal) || type == typeof(TimeSpan) || IsRare(type);

    /// <summary>Converts a number.</summary>
    public static Misfit? TryConvert(JsonElement value, Type type, out object? result)
    {
        result = Type.GetTypeCode(type) switch
        {
            TypeCode.Int32 when value.TryGetInt32(out var number) => number,
            TypeCode.Int64 when value.TryGetInt64(out var number) => number,
            TypeCode.Double => value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null,
            TypeCode.Single => value.TryGetSingle(out var number) && float.IsFinite(number) ? number : null,
            TypeCode.Decimal => value.TryGetDecimal(out var number) ? number : null,
            TypeCode.Object => Rare(value, type),
            var code => Whole(value, code),
        };
        return result is not null ? null : ValueKind.Misfit(value, type, Range(type));
    }

    private static bool IsRare(Type type) =>
        type == typeof(nint) || type == typeof(nuint) || type == typeof(Half) || type == typeof(Int128) || type == typeof(UInt128)
        || type.FullName == "System.Numerics.BigInteger";

    private static object? Rare(JsonElement value, Type type) =>
        type == typeof(TimeSpan) ? TextValue.TryDuration(value, out var duration) ? duration : null
        : ParsableValue.TryParse(value.GetRawText(), type, out var number) && number is not Half { } half ? number
        : number is Half finite && Half.IsFinite(finite) ? number
        : null;

    private static object? Whole(JsonElement value, TypeCode code)
    {
        if (!value.TryGetDecimal(out var number)
            || number != decimal.Truncate(number)
            || number < Limits(code).Least
            || number > Limits(code).Most)
        {
            return null;
        }

        return Convert.ChangeType(number, code, CultureInfo.InvariantCulture);
    }

    private static string Range(Type type) => Type.GetTypeCode(type) switch
    {
        >= TypeCode.SByte and <= TypeCode.UInt64 and var code =>
            string.Create(CultureInfo.InvariantCulture, $" from {Limits(code).Least} to {Limits(code).Most}"),
        _ => "",
    };

    private static (decimal Least, decimal Most) Limits(TypeCode code) => code switch
    {
        TypeCode.SByte => (sbyte.MinValue, sbyte.MaxValue),
        TypeCode.Byte => (byte.MinValue, byte.MaxValue),
        TypeCode.Int16 => (short.MinValue, short.MaxValue),
        TypeCode.UInt16 => (ushort.MinValue, ushort.MaxValue),
        TypeCode.Int32 => (int.MinValue, int.MaxValue),
        TypeCode.UInt32 => (uint.MinValue, uint.MaxValue),
        TypeCode.Int64 => (long.MinValue, long.MaxValue),
        _ => (ulong.MinValue, ulong.MaxValue),
    };
}
