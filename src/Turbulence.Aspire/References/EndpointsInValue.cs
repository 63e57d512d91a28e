using Aspire.Hosting.ApplicationModel;

namespace Turbulence.Aspire.References;

/// <summary>Finds the endpoints whose addresses a variable of the environment, or an argument, is made of.</summary>
internal static class EndpointsInValue
{
    /// <summary>All of them; one may come more than once.</summary>
    /// <param name="value">The value, before it is resolved.</param>
    public static IEnumerable<EndpointReference> Find(object? value) =>
        Find(value, new HashSet<object>(ReferenceEqualityComparer.Instance));

    private static IEnumerable<EndpointReference> Find(object? value, HashSet<object> seen)
    {
        if (value is null or string || !seen.Add(value))
        {
            return [];
        }

        return value switch
        {
            EndpointReference endpoint => [endpoint],
            EndpointReferenceExpression part => [part.Endpoint],
            ConnectionStringReference connection => Find(connection.Resource.ConnectionStringExpression, seen),
            IResourceWithConnectionString resource => Find(resource.ConnectionStringExpression, seen),
            IResourceBuilder<IResource> builder => Find(builder.Resource, seen),
            ReferenceExpression expression => expression.ValueProviders
                .Prepend(expression.Condition)
                .SelectMany(inner => Find(inner, seen)),
            IValueWithReferences referring => referring.References.SelectMany(inner => Find(inner, seen)),
            _ => [],
        };
    }
}
