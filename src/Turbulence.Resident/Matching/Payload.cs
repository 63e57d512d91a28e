using System.Collections.Concurrent;
using System.Reflection;

namespace Turbulence.Resident.Matching;

/// <summary>Reads a property of an event's payload, whose type is not public.</summary>
/// <param name="name">The property's name.</param>
internal sealed class Payload<T>(string name)
{
    private readonly ConcurrentDictionary<Type, PropertyInfo?> properties = new();

    /// <summary>Its value; the default where there is no such property, or it is of another type.</summary>
    public T? Of(object? payload) =>
        payload is not null
            && properties.GetOrAdd(payload.GetType(), static (type, name) => type.GetProperty(name), name) is { } property
            && property.GetValue(payload) is T value ? value : default;
}
