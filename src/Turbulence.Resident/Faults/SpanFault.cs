using System.Diagnostics;
using Turbulence.Resident.Contracts;
using Turbulence.Resident.Exceptions;
using Turbulence.Resident.Matching;

namespace Turbulence.Resident.Faults;

/// <summary>
/// <c>dotnet.span</c>: the operation behind a span. Whoever starts a span is told on its own thread, and what is thrown there comes out of
/// the operation; what waits there holds the thread. Until the end a span exists for the operation whether the program listens or not.
/// </summary>
internal sealed class SpanFault : IInnerFault
{
    private const string GrpcClient = "Grpc.Net.Client";
    private const string HttpClients = "System.Net.Http";
    private const string Instrumentation = "OpenTelemetry.";
    private const string Doomed = "turbulence.doomed";

    // No program is so slow between the beginning of a span and our being told.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Selection selection;
    private readonly string source;
    private readonly NameMatch sources;
    private readonly NameMatch? operations;
    private readonly string? kind;
    private readonly IReadOnlyList<KeyValuePair<string, string>> tags;
    private readonly OperationHurt hurt;
    private readonly ActivityListener listener;
    private readonly ActivityListener? requests;
    private long withoutTag;
    private long spared;
    private long late;
    private volatile bool isOver;

    private SpanFault(Spec spec)
    {
        selection = new Selection(spec);
        source = spec.Text("source") ?? "*";
        sources = new NameMatch(source);
        operations = spec.Text("operation") is { } operation ? new NameMatch(operation) : null;
        kind = spec.Text("kind");
        tags = spec.Pairs("tags");
        hurt = new OperationHurt(spec);
        var sampled = tags.Count > 0 ? ActivitySamplingResult.AllData : ActivitySamplingResult.PropagationData;
        listener = new ActivityListener
        {

            // It makes its spans after what they tell of, on a thread of its own, where an exception ends the process.
            ShouldListenTo = source => sources.Is(source.Name) && !source.Name.StartsWith(Instrumentation, StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => sampled,
            ActivityStarted = On,
        };
        requests = !hurt.Fails || !sources.Is(GrpcClient) ? null : new ActivityListener
        {
            ShouldListenTo = static source => source.Name == HttpClients,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.PropagationData,
            ActivityStarted = OnRequest,
        };
    }

    /// <summary>A span, or an event of a library that has no spans.</summary>
    public static IInnerFault Make(Spec spec) => spec.Text("event") is null ? new SpanFault(spec) : new EventFault(spec);

    public void Begin()
    {
        hurt.Try(source);
        ActivitySource.AddActivityListener(listener);
        if (requests is not null)
        {
            ActivitySource.AddActivityListener(requests);
        }
    }

    public Sight Look() => hurt.Problem is { } problem ? new Sight(false, problem, selection.Hits) : new Sight(
        true,
        selection.Text("operation", "operations")
            + (Interlocked.Read(ref withoutTag) is > 0 and var missing ? $"; {missing} had not all of the tags when they began" : "")
            + (Interlocked.Read(ref spared) is > 0 and var left
                ? $"; {left} that take messages or requests are left alone: what they are called by would never come back" : "")
            + (Interlocked.Read(ref late) is > 0 and var over ? $"; {over} were told of only when they were over, and are left alone" : ""),
        selection.Hits);

    public void End()
    {
        isOver = true;
        listener.Dispose();
        requests?.Dispose();
        hurt.End();
    }

    private void On(Activity span)
    {
        if (isOver)
        {
            return;
        }

        selection.See();
        if ((operations is { } wanted && !wanted.Is(span.OperationName) && !wanted.Is(span.DisplayName))
            || (kind is not null && !string.Equals(kind, span.Kind.ToString(), StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        if (!HasTags(span))
        {
            Interlocked.Increment(ref withoutTag);
            return;
        }

        if (hurt.Fails && span.Kind is ActivityKind.Consumer or ActivityKind.Server)
        {
            // An exception there ends the loop that takes messages, for good: nothing would make that undone.
            Interlocked.Increment(ref spared);
            return;
        }

        if (TimeProvider.System.GetUtcNow().UtcDateTime - span.StartTimeUtc > Longest)
        {
            Interlocked.Increment(ref late);
            return;
        }

        if (!selection.Hit())
        {
            return;
        }

        if (hurt.Fails && span.Source.Name == GrpcClient)
        {
            span.SetCustomProperty(Doomed, this);
        }
        else if (hurt.Of(span.Source.Name, null) is { } failure)
        {
            End(span, failure);
            throw failure;
        }
    }

    // An exception where a call of gRPC begins is lost, and the call never ends; one where its request begins comes out as it does without
    // a server.
    private void OnRequest(Activity span)
    {
        if (!isOver && ReferenceEquals(span.Parent?.GetCustomProperty(Doomed), this))
        {
            var failure = hurt.Of(HttpClients, null);
            if (failure is not null)
            {
                End(span, failure);
                throw failure;
            }
        }
    }

    // Nobody else would end it, and what is not ended stays the current one of whoever goes on.
    private static void End(Activity span, Exception failure)
    {
        span.SetTag("error.type", failure.GetType().FullName);
        span.SetStatus(ActivityStatusCode.Error, failure.Message);
        span.Stop();
    }

    // Its own, or those of the operation that it is a part of: the route of the request, for instance.
    private bool HasTags(Activity span) => tags.All(tag =>
    {
        for (var one = span; one is not null; one = one.Parent)
        {
            if (one.GetTagItem(tag.Key) is { } value)
            {
                return new NameMatch(tag.Value).Is(TagText.Of(value));
            }
        }

        return false;
    });
}
