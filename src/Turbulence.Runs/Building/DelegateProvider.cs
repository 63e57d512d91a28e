using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Experiments;

namespace Turbulence.Runs.Building;

/// <summary>
/// Carries out the activities that are code of the calling program: <c>"provider": {"type": "delegate", "id": "1 answers"}</c>. They run in
/// its process, so one that does not end when it is cancelled is left to itself after some seconds.
/// </summary>
internal sealed class DelegateProvider : IActivityProvider
{
    private readonly ConcurrentDictionary<string, Func<CancellationToken, ValueTask<JsonNode?>>> delegates = new();

    /// <inheritdoc/>
    public string Type => "delegate";

    /// <summary>Takes code in.</summary>
    /// <param name="name">The name of its activity.</param>
    /// <param name="code">The code.</param>
    /// <returns>The provider of the activity.</returns>
    public JsonObject Declare(string name, Func<CancellationToken, ValueTask<JsonNode?>> code)
    {
        // What looks like a placeholder in a name is none in an id.
        var id = string.Create(CultureInfo.InvariantCulture, $"{delegates.Count + 1} {name.Replace('$', '_')}");
        delegates[id] = code;
        return new JsonObject { ["type"] = Type, ["id"] = id };
    }

    /// <inheritdoc/>
    public void Validate(ActivityValidation validation)
    {
        if (Find(validation.Activity) is null)
        {
            validation.Problems.Error(
                validation.Path[
                    "provider"], $"Activity '{validation.Activity.Name}' names no code of this program: a delegate is declared by a builder, and lives as long as its process");
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Find(call.Activity) is not { } code)
        {
            return ActivityResult.Failed("there is no such code in this program");
        }

        try
        {
            // On a thread of the pool, since code that blocks is to hold up nobody else. What it keeps of the answer is its own.
            return ActivityResult.Succeeded((await Task.Run(() => code(cancellationToken).AsTask(), cancellationToken))?.DeepClone());
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // It is the caller's code, and what it throws is the result of the activity.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return ActivityResult.Failed($"{problem.GetType().Name}: {problem.Message}", (problem.StackTrace ?? "").Split(
                '\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    private Func<CancellationToken, ValueTask<JsonNode?>>? Find(Activity activity) =>
        activity.Provider["id"] is JsonValue value && value.TryGetValue<string>(out var id) ? delegates.GetValueOrDefault(id) : null;
}
