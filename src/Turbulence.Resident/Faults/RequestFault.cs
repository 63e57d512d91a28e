using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Turbulence.Resident.Contracts;
using Turbulence.Resident.Matching;

namespace Turbulence.Resident.Faults;

/// <summary>
/// <c>dotnet.request</c>: requests that come in to ASP.NET Core. No thread is held.
/// <code>
///   BeginRequest ─▶ hit? (not where a route is asked for) ─▶ EndpointMatched ─▶ hit? ─▶ an endpoint of ours takes the place of the one that was found:
///                                                                 │                       it waits and calls it, answers itself, or breaks
/// off
///                                                                 └ no routing in this program ─▶ before its answer begins: it waits, or gets another status
/// </code>
/// </summary>
internal sealed class RequestFault : IInnerFault
{
    private const string Begun = "Microsoft.AspNetCore.Hosting.BeginRequest";
    private const string Matched = "Microsoft.AspNetCore.Routing.EndpointMatched";

    private readonly object mark = new();
    private readonly Payload<HttpContext> contexts = new("httpContext");
    private readonly CancellationTokenSource over = new();
    private readonly NamedEvents events;
    private readonly Selection selection;
    private readonly string? route;
    private readonly PathMatch path;
    private readonly string? method;
    private readonly TimeSpan? delay;
    private readonly int? status;
    private readonly byte[] body;
    private readonly string? type;
    private readonly bool aborts;

    public RequestFault(Spec spec)
    {
        selection = new Selection(spec);
        route = spec.Text("route");
        path = new PathMatch(spec);
        method = spec.Text("method");
        delay = spec.Seconds("delay");
        status = (int?)spec.Integer("status");
        body = Encoding.UTF8.GetBytes(spec.Text("body") ?? "");
        type = spec.Text("type");
        aborts = spec.Flag("abort");
        events = new NamedEvents("Microsoft.AspNetCore", name => name is Matched || (name is Begun && route is null), On);
    }

    public void Begin() => events.Begin();

    public Sight Look() => new(
        true,
        selection.Text("request", "requests") + (events.IsThere ? "" : "; nothing in this process is ASP.NET Core so far"),
        selection.Hits);

    public void End()
    {
        events.Dispose();
        over.Cancel();
    }

    private void On(string name, object? payload)
    {
        if (name == Begun)
        {
            if (contexts.Of(payload) is { } context && IsHit(context))
            {
                Await(context);
            }
        }
        else if (payload is HttpContext context && context.GetEndpoint() is { } endpoint
            && (route is null ? context.Items.Remove(mark) : Is(endpoint) && IsHit(context)))
        {
            context.SetEndpoint(Instead(endpoint));
        }
    }

    private bool IsHit(HttpContext context)
    {
        selection.See();
        return (method is null || string.Equals(context.Request.Method, method, StringComparison.OrdinalIgnoreCase))
            && path.Is(context.Request.Path.Value ?? "")
            && selection.Hit();
    }

    // With or without the slash before it: ASP.NET Core keeps it as it was written.
    private bool Is(Endpoint endpoint) => (endpoint as RouteEndpoint)?.RoutePattern.RawText is { } pattern
        && string.Equals(pattern.TrimStart('/'), route!.TrimStart('/'), StringComparison.OrdinalIgnoreCase);

    // Whether there will be an endpoint is not known yet.
    private void Await(HttpContext context)
    {
        if (aborts)
        {
            context.Abort();
            return;
        }

        context.Items[mark] = mark;
        context.Response.OnStarting(async () =>
        {
            if (context.Items.Remove(mark))
            {
                await WaitAsync(context).ConfigureAwait(false);
                context.Response.StatusCode = status ?? context.Response.StatusCode;
            }
        });
    }

    private RouteEndpoint Routed(RouteEndpoint found) =>
        new(context => CallAsync(context, found.RequestDelegate), found.RoutePattern, found.Order, found.Metadata, found.DisplayName);

    private Endpoint Instead(Endpoint found) => found is RouteEndpoint routed
        ? Routed(routed)
        : new Endpoint(context => CallAsync(context, found.RequestDelegate), found.Metadata, found.DisplayName);

    private async Task CallAsync(HttpContext context, RequestDelegate? found)
    {
        await WaitAsync(context).ConfigureAwait(false);
        if (aborts)
        {
            context.Abort();
        }
        else if (status is { } code)
        {
            context.Response.StatusCode = code;
            if (body.Length > 0)
            {
                context.Response.ContentType = type ?? "text/plain; charset=utf-8";
                await context.Response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
            }
        }
        else if (found is not null)
        {
            await found(context).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(HttpContext context)
    {
        if (delay is { } time)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, over.Token);
            await Task.Delay(time, TimeProvider.System, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
