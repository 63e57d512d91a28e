using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Keys;
using Turbulence.Load.Requests;

namespace Turbulence.Load.Activities;

/// <summary>Reads what a load sends: one request, or several with a weight each.</summary>
/// <param name="given">The load's declaration.</param>
/// <param name="path">Its place.</param>
/// <param name="answers">Reads what an answer is to be.</param>
/// <param name="reading">Told what is wrong.</param>
internal sealed class RequestDeclaration(JsonObject given, DocumentPath path, AnswerDeclaration answers, LoadReading reading)
{
    /// <summary>Reads them.</summary>
    /// <returns>Those that can be sent; fewer where something is wrong, which was told, or a placeholder is in the way.</returns>
    public List<LoadRequest> Read()
    {
        if (given["requests"] is not { } several)
        {
            return Request(given, path) is { } one ? [one] : [];
        }

        if (given.ContainsKey("url"))
        {
            reading.Wrong(path["url"], "url and requests exclude each other");
        }

        if (several is not JsonArray { Count: > 0 } list || list.Any(static item => item is not JsonObject))
        {
            reading.Wrong(path["requests"], "requests must be a list of at least one map with a url");
            return [];
        }

        return [.. list.Select((item, place) => Request((JsonObject)item!, path["requests"][place])).OfType<LoadRequest>()];
    }

    private LoadRequest? Request(JsonObject from, DocumentPath place)
    {
        var node = from["url"];
        if (node is null)
        {
            reading.Wrong(place, "a load must have a url");
            return null;
        }

        Uri? url = null;
        if (!LoadReading.IsOpenText(node)
            && (!Uri.TryCreate(LoadReading.Text(node), UriKind.Absolute, out url) || !IsHttp(url) || url.Host.Length == 0))
        {
            reading.Wrong(place["url"], "url must be an http or https URL");
            return null;
        }

        var request = new LoadRequest(url ?? new Uri("http://localhost/"))
        {
            Method = from["method"] is { } method && !LoadReading.IsOpenText(method) ? LoadReading.Text(method) ?? "" : "GET",
            Headers = reading.Texts(from["headers"], place["headers"], "headers"),
            Baggage = reading.Texts(from["baggage"], place["baggage"], "baggage"),
            Body = Body(from["body"]),
            Weight = reading.Number(from, place, LoadKeys.Weight),
            Expected = Expected(from["expected_status"], place["expected_status"]),
            Check = from["check"] is { } check ? answers.Pattern(check, place["check"]) : null,
        };
        if (!reading.IsWrong && RequestBytes.Problem(request) is { } problem)
        {
            reading.Wrong(place, $"the request {problem}");
        }

        return LoadReading.IsOpen(from) ? null : request;
    }

    private static bool IsHttp(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    // A text is sent as it is, anything else as JSON.
    private static byte[] Body(JsonNode? node) => node is null ? [] : Encoding.UTF8.GetBytes(LoadReading.Text(node) ?? node.ToJsonString());

    private ExpectedStatuses Expected(JsonNode? node, DocumentPath place)
    {
        if (node is null)
        {
            return ExpectedStatuses.Success;
        }

        JsonNode?[] all = node is JsonArray list ? [.. list] : [node];
        List<(int, int)> statuses = [];
        foreach (var one in all)
        {
            if (LoadReading.IsOpenText(one))
            {
                continue;
            }

            if (one is null
                || !LoadReading.TryNumber(one, out var status)
                || status is not (>= 100 and <= 999)
                || !double.IsInteger(status))
            {
                reading.Wrong(place, "expected_status must be a status or a list of statuses, such as [200, 503]");
                return ExpectedStatuses.Success;
            }

            statuses.Add(((int)status, (int)status));
        }

        return new ExpectedStatuses(statuses);
    }
}
