using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Turbulence.Resident.Matching;

namespace Turbulence.Resident.Watching;

/// <summary>
/// Keeps the route of a request that comes in to ASP.NET Core with its span, which has it only where telemetry puts it there, and not among
/// its tags: what the program exports stays as it is.
/// </summary>
internal sealed class IncomingRoutes : IDisposable
{
    private const string Property = "turbulence.route";
    private const string Matched = "Microsoft.AspNetCore.Routing.EndpointMatched";

    private readonly NamedEvents events = new("Microsoft.AspNetCore", static name => name == Matched, static (_, payload) => Keep(payload));

    public void Begin() => events.Begin();

    public void Dispose() => events.Dispose();

    /// <summary>The route of a request, by its span; null for none.</summary>
    public static string? Of(Activity span) =>
        span.GetTagItem("http.route") as string ?? span.GetCustomProperty(Property) as string;

    private static void Keep(object? payload)
    {
        if (payload is HttpContext context
            && context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: { } route }
            && Activity.Current is { Kind: ActivityKind.Server } span)
        {
            span.SetCustomProperty(Property, route);
        }
    }
}
