using System.Collections;
using System.Diagnostics;
using Turbulence.Events;
using Turbulence.Telemetry.Conventions;

namespace Turbulence.Telemetry.Logs;

/// <summary>What a log record says of an event: when it happened, in which span, and its attributes.</summary>
/// <param name="happened">What happened.</param>
/// <param name="context">The trace and the span that it belongs to; default for none.</param>
/// <param name="attributes">Its attributes.</param>
internal sealed class EventLog(RunEvent happened, ActivityContext context, IReadOnlyList<KeyValuePair<string, object?>> attributes)
    : IReadOnlyList<KeyValuePair<string, object?>>
{
    private readonly KeyValuePair<string, object?>[] all =
        [AttributeName.Event.With(happened.Word), AttributeName.RunId.With(happened.RunId), .. attributes];

    /// <summary>When it happened.</summary>
    public DateTimeOffset At => happened.At;

    /// <summary>The trace and the span that it belongs to; default for none.</summary>
    public ActivityContext Context => context;

    /// <inheritdoc/>
    public int Count => all.Length;

    /// <inheritdoc/>
    public KeyValuePair<string, object?> this[int index] => all[index];

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object?>>)all).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => all.GetEnumerator();
}
