using System.Globalization;
using System.Reflection;

namespace Turbulence.DotNetWorker.Values;

/// <summary>Types that say themselves how they are read from a text (<see cref="IParsable{TSelf}"/>), those of users included.</summary>
internal static class ParsableValue
{
    private static readonly MethodInfo Parser = typeof(ParsableValue).GetMethod(
        nameof(Parse), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Whether the type reads texts.</summary>
    public static bool Handles(Type type) =>
        type.GetInterfaces().Any(contract => contract.IsGenericType
            && contract.GetGenericTypeDefinition() == typeof(IParsable<>)
            && contract.GetGenericArguments()[0] == type);

    /// <summary>Reads a text; false where the type does not take it.</summary>
    public static bool TryParse(string text, Type type, out object? result)
    {
        result = Parser.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [text], null);
        return result is not null;
    }

    private static object? Parse<T>(string text)
        where T : IParsable<T> => T.TryParse(text, CultureInfo.InvariantCulture, out var result) ? result : null;
}
