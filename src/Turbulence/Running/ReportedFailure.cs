using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Running;

/// <summary>
/// Whether the output of an action says that it did not do its work. The reference runner counts a program that ends with
/// an error, or a request answered with one, as succeeded; a fault that was never injected would then pass for a fault
/// that did no harm. An action with a tolerance of its own says itself what counts.
/// </summary>
internal static class ReportedFailure
{
    private const int FirstHttpError = 400;

    /// <summary>Tells whether <paramref name="output"/> of <paramref name="activity"/> reports a failure, and which.</summary>
    public static string? Find(Activity activity, JsonNode? output, SecretMask mask)
    {
        if (activity.Type != ActivityType.Action || activity.HasTolerance || Status(output) is not { } status)
        {
            return null;
        }

        return activity.ProviderType switch
        {
            "process" when status != 0 =>
                $"the program {ProcessExitStatus.FromReturnCode(status).AsVerb()}{Words(output, "stderr", mask)}; give the action a tolerance if that is expected",
            "http" when status >= FirstHttpError =>
                $"the request was answered with status {status}; give the action a tolerance if that is expected",
            _ => null,
        };
    }

    private static int? Status(JsonNode? output) =>
        output is JsonObject map && map["status"] is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && int.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var status)
            ? status
            : null;

    private static string Words(JsonNode? output, string stream, SecretMask mask)
    {
        const int longest = 200;
        var text = (output?[stream] as JsonValue)?.TryGetValue<string>(out var words) == true ? words.Trim() : "";
        var line = text[(text.LastIndexOf('\n') + 1)..];
        return line.Length == 0 ? "" : $" ({mask.Mask(line).Shorten(longest)})";
    }
}
