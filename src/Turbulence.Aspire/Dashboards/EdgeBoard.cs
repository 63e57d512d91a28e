using System.Collections.Immutable;
using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using Turbulence.Aspire.Hurts;
using Turbulence.Aspire.Resources;

namespace Turbulence.Aspire.Dashboards;

/// <summary>Shows in the dashboard how edges stand.</summary>
internal sealed class EdgeBoard
{
    private ResourceNotificationService? notifications;
    private ResourceLoggerService? loggers;

    /// <summary>What an edge shows before anything is known of it.</summary>
    public static CustomResourceSnapshot Before(EdgeResource edge) => new()
    {
        ResourceType = "ChaosEdge",
        CreationTimeStamp = null,
        State = KnownResourceStates.Waiting,
        Properties = Properties(edge),
    };

    /// <summary>Shows what comes from now on.</summary>
    public void Open(ResourceNotificationService showing, ResourceLoggerService logging) => (notifications, loggers) = (showing, logging);

    /// <summary>Adds a line to what an edge has said.</summary>
    public void Say(IResource edge, string line) => loggers?.GetLogger(edge).Say(LogLevel.Information, line);

    /// <summary>Adds a complaint to it.</summary>
    public void Complain(IResource edge, string line) => loggers?.GetLogger(edge).Say(LogLevel.Error, line);

    /// <summary>Shows how an edge stands now.</summary>
    public Task ShowAsync(EdgeResource edge) => notifications is null
        ? Task.CompletedTask
        : notifications.PublishUpdateAsync(edge, snapshot => snapshot with
        {
            State = State(edge),
            Properties = [.. snapshot.Properties.Where(static property => !property.Name.StartsWith("chaos.", StringComparison.Ordinal)),
                .. Properties(edge)],
            Urls = edge.Proxy is { } proxy
                ? [new UrlSnapshot("proxy", $"{edge.Upstream.Scheme}://{proxy.Address}", IsInternal: true)]
                : [],
        });

    private static ResourceStateSnapshot State(EdgeResource edge) =>
        edge.IsBroken ? new("Broken", KnownResourceStateStyles.Error)
        : edge.Problem is not null ? new("Not led through", KnownResourceStateStyles.Warn)
        : edge.Proxy is null ? new(KnownResourceStates.Waiting, null)
        : edge.Hurts is { Count: > 0 } hurts ? new(string.Join("; ", hurts.Select(static hurt => hurt.Text)), KnownResourceStateStyles.Warn)
        : edge.Bypass is not null ? new("Passed by", KnownResourceStateStyles.Warn)
        : new(KnownResourceStates.Running, KnownResourceStateStyles.Success);

    private static ImmutableArray<ResourcePropertySnapshot> Properties(EdgeResource edge)
    {
        (string Name, string Display, string? Value)[] all =
        [
            ("from", "From", edge.Edge.From),
            ("to", "To", $"{edge.Edge.To} ({edge.Edge.Endpoint})"),
            ("proxy", "Proxy", edge.Proxy is { } proxy ? $"{proxy.Address} -> {proxy.Upstream}" : null),
            ("problem", "Problem", edge.Problem),
            ("bypass", "Passed by", edge.Bypass),
            ("faults", "Faults", edge.Hurts is { Count: > 0 } hurts ? string.Join("; ", hurts.Select(Line)) : null),
            ("last", "Last fault", edge.Last),
        ];
        return
        [
            .. all.Where(static one => one.Value is not null).Select(static (one, at) =>
                new ResourcePropertySnapshot($"chaos.{one.Name}", one.Value)
                {
                    DisplayName = one.Display,
                    IsHighlighted = true,
                    SortOrder = at,
                }),
        ];
    }

    private static string Line(EdgeHurt hurt) => string.Create(
        CultureInfo.InvariantCulture, $"{hurt.Id}: {hurt.Text}{(hurt.Due is { } due ? $", until {due:HH:mm:ss} UTC" : "")}");
}
