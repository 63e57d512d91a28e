using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Turbulence.Runs.Tests;

/// <summary>
/// Writes down what an assembly shows: each public type with its public and protected members, one a line, in alphabetical order.
/// </summary>
internal static class PublicApi
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What every record has, in the words of the compiler.
    private static readonly HashSet<string> OfRecords = [
        "<Clone>$", "Equals", "GetHashCode", "ToString", "PrintMembers", "EqualityContract", "op_Equality", "op_Inequality", "Deconstruct",
    ];

    /// <summary>The API, as a text.</summary>
    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();

        // What the compiler names is nobody's to call.
        foreach (var type in assembly
            .GetExportedTypes()
            .Where(static type => !type.FullName!.Contains('<'))
            .OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Head(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : typeof(Delegate).IsAssignableFrom(
            type) ? "delegate" : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true }
                ? "static class"
                : type.IsSealed ? "sealed class" : type.IsAbstract ? "abstract class" : "class";
        string[] bases = [.. type.BaseType is { } parent
            && parent != typeof(object)
            && parent != typeof(ValueType)
            && parent != typeof(Enum) ? [Name(parent)] : Array.Empty<string>(),
            .. type
                .GetInterfaces()
                .Where(found => found is { IsPublic: true, IsGenericType: false })
                .Select(Name)
                .Order(StringComparer.Ordinal)];
        return $"{kind} {type.Namespace}.{Name(type)}{(bases.Length == 0 || type.IsEnum ? "" : $" : {string.Join(", ", bases)}")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        }

        var isRecord = type.GetMethod("<Clone>$", All) is not null || type.GetMethod("PrintMembers", All) is not null;
        return type.GetMembers(All)
            .Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute))
                || member is PropertyInfo or MethodInfo { IsSpecialName: true })
            .Where(member => !isRecord || !OfRecords.Contains(member.Name))
            .Select(Line).OfType<string>();
    }

    private static string? Line(MemberInfo member) => member switch
    {
        ConstructorInfo made when IsShown(made) => $"new({Parameters(made)})",
        MethodInfo { IsSpecialName: false } method when IsShown(method) =>
            $"{Scope(method)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})",
        PropertyInfo property when property.GetAccessors(true).Where(IsShown).ToList() is { Count: > 0 } shown =>
            $"{Scope(shown[0])}{Name(property.PropertyType)} {property.Name} {{ {string.Join(" ", shown.Select(Accessor).Order(StringComparer.Ordinal))} }}",
        FieldInfo { IsPublic: true } field =>
            $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}{(field.IsLiteral ? $" = {field.GetRawConstantValue()}" : "")}",
        EventInfo happening when IsShown(happening.AddMethod!) => $"event {Name(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Scope(MethodBase method) => $"{(method.IsPublic ? "" : "protected ")}{(method.IsStatic ? "static " : "")}";

    private static string Accessor(MethodInfo accessor) =>
        accessor.Name.StartsWith("get_", StringComparison.Ordinal) ? "get;"
        : accessor.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(static argument => argument.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef || type.IsArray)
        {
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "");
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return $"{Name(value)}?";
        }

        var name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
