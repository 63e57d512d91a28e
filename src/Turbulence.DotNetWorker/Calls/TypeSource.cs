namespace Turbulence.DotNetWorker.Calls;

/// <summary>Types as C# writes them, for people.</summary>
internal static class TypeSource
{
    /// <summary>The type's name with its type arguments, without namespaces.</summary>
    public static string ToSource(this Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType()!.ToSource() + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return underlying.ToSource() + "?";
        }

        if (type.IsGenericType)
        {
            return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(ToSource))}>";
        }

        if (type.IsEnum)
        {
            return type.Name;
        }

        return Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => "bool",
            TypeCode.Byte => "byte",
            TypeCode.SByte => "sbyte",
            TypeCode.Char => "char",
            TypeCode.Decimal => "decimal",
            TypeCode.Double => "double",
            TypeCode.Single => "float",
            TypeCode.Int16 => "short",
            TypeCode.Int32 => "int",
            TypeCode.Int64 => "long",
            TypeCode.UInt16 => "ushort",
            TypeCode.UInt32 => "uint",
            TypeCode.UInt64 => "ulong",
            TypeCode.String => "string",
            _ => type == typeof(object) ? "object" : type.Name,
        };
    }
}
