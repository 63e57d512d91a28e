using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Experiments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Residents;
using Turbulence.Faults.Targets;
using Turbulence.Json;
using Turbulence.Keys;
using Turbulence.Values;

namespace Turbulence.Faults;

/// <summary>
/// <c>spans</c>: watches a running .NET process for its <c>duration</c>, from the inside, and returns the map of what it did: <c>{"process",
/// "seconds", "operations": [{"source", "operation", "kind", "tags", "caller", "count", "errors", "p50_ms", "p99_ms", "faults"}]}</c>. In
/// the background of a method it says who called whom while a fault was in. It hurts nothing, and leaves nothing.
/// </summary>
/// <param name="keeper">Knows the services of the run.</param>
public sealed class SpansProvider(FaultKeeper keeper) : IActivityProvider
{
    internal static FaultKindDescription Description { get; } = new(
        "spans", "watches a running .NET process from the inside", ProcessSelection.Arguments)
    {
        Groups = [ProcessSelection.Group],
    };

    /// <inheritdoc/>
    public string Type => "spans";

    /// <inheritdoc/>
    public bool EndsByItself => true;

    /// <inheritdoc/>
    public void Validate(ActivityValidation validation)
    {
        ArgumentNullException.ThrowIfNull(validation);
        var path = validation.Path["provider"];
        var provider = validation.Activity.Provider;
        if (!ArgumentCheck.IsPlaceholderText(provider["duration"]) && Duration(provider) is null)
        {
            validation.Problems.Error(
                provider.ContainsKey("duration") ? path["duration"] : path,
                "spans must have a duration, a number of seconds above 0 and up to 86400: how long it watches");
        }

        if (ArgumentCheck.IsPlaceholderText(provider["arguments"]))
        {
            return;
        }

        if (provider["arguments"] is not (null or JsonObject))
        {
            validation.Problems.Error(path["arguments"], "arguments must be a map");
            return;
        }

        var arguments = provider["arguments"] as JsonObject ?? [];
        foreach (var (argument, text) in new ArgumentCheck(Description, validation.Services) { AreWritten = true }.Problems(arguments))
        {
            validation.Problems.Error(
                argument is not null && arguments.ContainsKey(argument) ? path["arguments"][argument]
                    : provider.ContainsKey("arguments") ? path["arguments"] : path,
                text);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        cancellationToken.ThrowIfCancellationRequested();
        if (!call.TrySubstitute(call.Activity.Provider, out var provider, out var failure))
        {
            return failure;
        }

        var asked = (JsonObject)provider!;
        if (Duration(asked) is not { } duration)
        {
            return ActivityResult.Failed("spans must have a duration, a number of seconds");
        }

        var request = keeper.Request(asked["arguments"] as JsonObject ?? [], SecretMask.For(call.Values));
        var selected = ProcessSelection.Find(new ArgumentReader(Description, request), request);
        if (selected.Problem is { } problem)
        {
            return ActivityResult.Failed(problem);
        }

        var (watch, refusal) = await SpanWatch.BeginAsync(selected.Processes[0].Id, call.Time, cancellationToken);
        if (watch is null)
        {
            return ActivityResult.Failed(refusal!);
        }

        await using (watch)
        {
            var begun = call.Time.GetTimestamp();
            await Task.Delay(duration, call.Time, cancellationToken);
            var (seen, lost) = await watch.ReadAsync(cancellationToken);
            return seen is null
                ? ActivityResult.Failed($"{watch.Text}: {lost}")
                : ActivityResult.Succeeded(SeenOperation.Map(watch.Text, call.Time.GetElapsedTime(begun), seen));
        }
    }

    private static TimeSpan? Duration(JsonObject provider)
    {
        var form = ProviderKeys.Watch.NumberForm;
        return JsonNumbers.TryReadDouble(provider["duration"], out var seconds) && form.Allows(seconds) ? TimeSpan.FromSeconds(seconds) : null;
    }
}
