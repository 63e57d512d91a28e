using System.Text.Json;
using Turbulence.Events;
using Turbulence.Values;

namespace Turbulence.Hosts.Workers;

/// <summary>One request to a worker.</summary>
/// <param name="Method">The method of the protocol.</param>
/// <param name="Subject">What it is about, for people: <c>'pod-count'</c>.</param>
/// <param name="Parameters">Writes the value of <c>params</c>; may be called more than once.</param>
internal sealed record WorkerCall(string Method, string Subject, Action<Utf8JsonWriter> Parameters)
{
    /// <summary>How long it may take. Default: no limit.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>Tells a worker what it has to know first, where another one was asked in vain. Default, null: nothing.</summary>
    public Func<CancellationToken, ValueTask>? Prepare { get; init; }

    /// <summary>Knows the secrets; asked where what the worker says has to be shortened. Default, null: those of the host.</summary>
    public Func<SecretMask>? Mask { get; init; }

    /// <summary>Hears what the worker says meanwhile. Default, null: who listens to the host.</summary>
    public Action<NoticeLevel, string>? Say { get; init; }
}
