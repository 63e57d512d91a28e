using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Reflection;

namespace Turbulence.Resident.Exceptions;

/// <summary>
/// Makes exceptions of types that we were not built with, by the constructor that takes the most of what there is to say.
/// </summary>
internal static class ExceptionMaker
{
    private static readonly ConcurrentDictionary<string, Type?> Types = new(StringComparer.Ordinal);

    /// <summary>Makes one.</summary>
    /// <param name="name">The full name of its type.</param>
    /// <param name="message">What it says.</param>
    /// <exception cref="NotSupportedException">There is no such type in this process, or it cannot be made.</exception>
    public static Exception Make(string name, string message)
    {
        var type = Types.GetOrAdd(name, Find)
            ?? throw new NotSupportedException($"there is no exception type '{name}' in this process");
        foreach (var constructor in Constructors(type))
        {
            try
            {
                if (constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter, message))]) is Exception made)
                {
                    return made;
                }
            }
            catch (Exception unfit) when (unfit is TargetInvocationException or ArgumentException or MemberAccessException)
            {
                // Another constructor may.
            }
        }

        throw new NotSupportedException($"an exception of type '{name}' cannot be made from outside");
    }

    /// <summary>Whether there is such a type by now.</summary>
    public static bool IsKnown(string name) => Find(name) is not null;

    private static Type? Find(string name) =>
        AppDomain.CurrentDomain
            .GetAssemblies()
            .Select(assembly => assembly.GetType(name, throwOnError: false))
            .FirstOrDefault(type => type is not null && type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract);

    // Public ones first, and of these one that takes a message and a cause, then a message, then the shortest.
    private static IEnumerable<ConstructorInfo> Constructors(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(constructor => !constructor.GetParameters().Any(parameter =>
                parameter.ParameterType.Namespace == "System.Runtime.Serialization" || parameter.ParameterType.IsByRef))
            .OrderBy(constructor => constructor.IsPublic ? 0 : 1)
            .ThenBy(constructor => Rank([.. constructor.GetParameters().Select(parameter => parameter.ParameterType)]));

    private static int Rank(Type[] types) =>
        types is [var text, var cause] && text == typeof(string) && cause == typeof(Exception) ? 0
        : types is [var only] && only == typeof(string) ? 1
        : types.Contains(typeof(string)) ? 1 + types.Length
        : 20 + types.Length;

    private static object? Value(ParameterInfo parameter, string message) =>
        parameter.ParameterType is var type && type == typeof(string) ? message
        : type.IsAssignableTo(typeof(Exception)) || type == typeof(Exception) ? Cause(type)
        : type.IsEnum && Enum.GetValues(type) is { Length: > 0 } values ? values.GetValue(Math.Min(1, values.Length - 1))
        : type.IsValueType ? Structure(type, message)
        : parameter.HasDefaultValue ? parameter.DefaultValue
        : Reason(type, message);

    private static SocketException? Cause(Type type) =>
        type.IsAssignableFrom(typeof(SocketException)) ? new SocketException((int)SocketError.ConnectionReset) : null;

    // Such as RabbitMQ's shutdown: who began it, a code, and what it says.
    private static object? Reason(Type type, string message) => type is { IsClass: true, IsAbstract: false }
        ? type.GetConstructors().FirstOrDefault(static made => Needed(made) is var needed
            && needed.Any(static parameter => parameter.ParameterType == typeof(string))
            && needed.All(static parameter =>
                parameter.ParameterType is { IsPrimitive: true } or { IsEnum: true } || parameter.ParameterType == typeof(string)))
            is { } made ? made.Invoke([.. made.GetParameters().Select(parameter => Value(parameter, message))]) : null
        : null;

    private static IEnumerable<ParameterInfo> Needed(ConstructorInfo made) =>
        made.GetParameters().Where(static parameter => !parameter.HasDefaultValue);

    // Such as the status of gRPC: its code, unavailable, and what it says.
    private static object? Structure(Type type, string message)
    {
        if (type.FullName == "Grpc.Core.Status" && type.GetConstructors().FirstOrDefault(made => made.GetParameters().Length == 2) is { } made)
        {
            const int Unavailable = 14;
            return made.Invoke([Enum.ToObject(made.GetParameters()[0].ParameterType, Unavailable), message]);
        }

        return Activator.CreateInstance(type);
    }
}
