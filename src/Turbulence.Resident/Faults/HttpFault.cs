using System.Collections.Concurrent;
using Turbulence.Resident.Contracts;
using Turbulence.Resident.Http;
using Turbulence.Resident.Matching;

namespace Turbulence.Resident.Faults;

/// <summary>
/// <c>dotnet.http</c>: calls of <see cref="HttpClient"/>. The two events that it listens to need no span, so that a program that makes none
/// makes none because of us: <c>System.Net.Http.Request</c>, with the live request before it is sent, and <c>System.Net.Http.Response</c>.
/// <code>
///   Request ─▶ hit? ─┬ fail ───▶ an exception from here
///                    ├ delay ──▶ a content that waits before it is written: no thread is held, and the caller's token ends it
///                    ├ status ─▶ sent to our own server, which answers
///                    ├ to ─────▶ sent elsewhere
///                    └ lose ───▶ nothing yet
///   Response ─▶ the request is as it was ─▶ delay: what is left of it before the answer is read; lose: an exception from here
/// </code>
/// A request is not given back before its call has ended, nor when the fault is taken back meanwhile: what sends it reads it again and
/// again, and would not find what it has just seen. So the fault listens on until the last of those has ended.
/// </summary>
internal sealed class HttpFault : IInnerFault
{
    private const string RequestEvent = "System.Net.Http.Request";
    private const string ResponseEvent = "System.Net.Http.Response";

    private readonly Payload<HttpRequestMessage> requests = new("Request");
    private readonly Payload<HttpResponseMessage> responses = new("Response");
    private readonly Payload<Guid> ids = new("LoggingRequestId");
    private readonly ConcurrentDictionary<Guid, ChangedRequest> changed = new();
    private readonly CancellationTokenSource over = new();
    private readonly NamedEvents events;
    private readonly Selection selection;
    private readonly HostMatch host;
    private readonly string? method;
    private readonly PathMatch path;
    private readonly TimeSpan? delay;
    private readonly string? fail;
    private readonly bool loses;
    private readonly Uri? target;
    private readonly AnswerServer? server;
    private volatile bool isOver;

    // The fault itself, and each call that was changed and has not ended.
    private int open = 1;

    public HttpFault(Spec spec)
    {
        selection = new Selection(spec);
        host = new HostMatch(spec.Text("host"));
        method = spec.Text("method");
        path = new PathMatch(spec);
        delay = spec.Seconds("delay");
        fail = spec.Text("fail");
        loses = spec.Flag("lose");
        server = spec.Integer("status") is { } status ? new AnswerServer((int)status, spec.Text("body") ?? "", spec.Text("type")) : null;
        target = server?.Address ?? (spec.Text("to") is { } to ? new Uri(to) : null);

        // One that fails changes nothing, and so has nothing to give back.
        var changes = fail is null;
        events = new NamedEvents("HttpHandlerDiagnosticListener", name => name is RequestEvent ? !isOver : changes && name is ResponseEvent, On);
    }

    public void Begin()
    {
        server?.Begin();
        events.Begin();
    }

    public Sight Look() => new(true, selection.Text("call", "calls"), selection.Hits);

    public void End()
    {
        isOver = true;
        over.Cancel();
        server?.End();
        Leave();
    }

    private void On(string name, object? payload)
    {
        if (name == RequestEvent)
        {
            if (requests.Of(payload) is { RequestUri: not null } request)
            {
                selection.See();
                if (Matches(request) && selection.Hit())
                {
                    Hurt(request, ids.Of(payload));
                }
            }
        }
        else if (changed.TryRemove(ids.Of(payload), out var request))
        {
            Leave();
            request.Restore();
            if (responses.Of(payload) is { } response)
            {
                request.Delay(response);
                if (loses && !isOver)
                {
                    response.Dispose();
                    throw HttpFailure.AnswerLost();
                }
            }
        }
    }

    private bool TryEnter()
    {
        Interlocked.Increment(ref open);
        if (isOver)
        {
            Leave();
            return false;
        }

        return true;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref open) == 0)
        {
            events.Dispose();
            server?.Dispose();
        }
    }

    private bool Matches(HttpRequestMessage request) =>
        host.Is(request.RequestUri!)
        && (method is null || string.Equals(request.Method.Method, method, StringComparison.OrdinalIgnoreCase))
        && path.Is(request.RequestUri!.AbsolutePath);

    private void Hurt(HttpRequestMessage request, Guid id)
    {
        if (fail is not null)
        {
            throw HttpFailure.Of(fail, request.RequestUri!);
        }

        if (!TryEnter())
        {
            return;
        }

        var change = new ChangedRequest(request);
        changed[id] = change;
        if (delay is { } time)
        {
            change.Delay(time, over.Token);
        }

        if (target is not null)
        {
            change.Send(target);
        }
    }
}
