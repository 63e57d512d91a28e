using System.Text.Json;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Validation;

/// <summary>The request <c>validate</c>.</summary>
internal sealed class ValidationRequest(ActivityCheck activities, ControlCheck controls)
{
    /// <summary>Looks at everything first, then writes the result.</summary>
    public async Task<Action<Utf8JsonWriter>> CarryOutAsync(JsonElement parameters, CancellationToken cancellationToken)
    {
        List<IReadOnlyList<Problem>> ofActivities = [];
        foreach (var activity in Items(parameters.Member("activities"u8)))
        {
            ofActivities.Add(activities.Check(activity));
        }

        List<IReadOnlyList<Problem>> ofControls = [];
        foreach (var control in Items(parameters.Member("controls"u8)))
        {
            ofControls.Add(await controls.CheckAsync(control, cancellationToken));
        }

        return json =>
        {
            json.WriteStartObject();
            Write(json, "activities", ofActivities);
            Write(json, "controls", ofControls);
            json.WriteEndObject();
        };
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private static void Write(Utf8JsonWriter json, string name, List<IReadOnlyList<Problem>> all)
    {
        json.WriteStartArray(name);
        foreach (var problems in all)
        {
            json.WriteStartArray();
            foreach (var problem in problems)
            {
                problem.WriteTo(json);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
