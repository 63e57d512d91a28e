using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;
using Turbulence.Load.Schedules;
using Turbulence.Tolerances.Loads;

namespace Turbulence.Load.Activities;

/// <summary>
/// Reads a load as experiments declare it: the provider of an activity, or the <c>users</c> of a whole experiment, who have no duration. Read before a run, a value with a
/// placeholder is taken for one that is all right; read in one, there is none left.
/// </summary>
/// <param name="given">The declaration.</param>
/// <param name="path">Its place.</param>
/// <param name="report">Told what is wrong, and where.</param>
internal sealed class LoadDeclaration(JsonObject given, DocumentPath path, Action<DocumentPath, string> report)
{
    private const double MostRate = LoadSchedule.MostRate;
    private const double MostUsers = LoadSchedule.MostUsers;
    private const double LongestSeconds = 4_294_967;
    private static readonly string[] Arrivals = ["even", "chance"];
    private static readonly string[] Connections = ["kept", "fresh"];
    private static readonly string[] Places = ["body", "header", "status"];
    private bool isWrong;

    /// <summary>Reads it.</summary>
    /// <param name="endless">Whether it has no duration, and goes on until it is ended.</param>
    /// <param name="seed">Where all chance comes from.</param>
    /// <returns>What is sent; null where something is wrong, which was reported, or a placeholder is in the way.</returns>
    public LoadPlan? Read(bool endless, int seed = 0)
    {
        var requests = Requests();
        var schedule = Schedule(endless);
        if (endless && given["tolerance"] is { } tolerance)
        {
            Tolerance(tolerance);
        }

        var plan = new LoadPlan(requests, schedule ?? LoadSchedule.Constant(1, TimeSpan.FromSeconds(1)))
        {
            Timeout = TimeSpan.FromSeconds(Number(given, path, "timeout", 2, 0.001, LongestSeconds)),
            Connections = ReadConnections(),
            Classes = Classes(),
            Seed = seed,
        };
        if (isWrong || schedule is null || requests.Count == 0)
        {
            return null;
        }

        if (LoadGenerator.Problem(plan) is { } problem)
        {
            Wrong(path, problem);
            return null;
        }

        return plan;
    }

    /// <summary>Whether a load tells answers apart by their class.</summary>
    public static bool HasClasses(JsonObject load) => load["classes"] is JsonObject { Count: > 0 } || IsOpen(load["classes"]);

    private static bool IsOpen(JsonNode? node) => node switch
    {
        JsonValue value => value.TryGetValue<string>(out var text) && text.Contains("${", StringComparison.Ordinal),
        JsonObject map => map.Any(static member => IsOpen(member.Value)),
        JsonArray list => list.Any(IsOpen),
        _ => false,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private void Tolerance(JsonNode tolerance)
    {
        if (tolerance is not JsonObject limits)
        {
            Wrong(path["tolerance"], """the tolerance of users must be a map of figures with a limit each, such as {"lost": 0}""");
            return;
        }

        LoadLimits.Validate(limits, path["tolerance"], Wrong);
        LoadLimits.ValidateClasses(limits, HasClasses(given), path["tolerance"], Wrong);
    }

    private void Wrong(DocumentPath place, string problem)
    {
        isWrong = true;
        report(place, problem);
    }

    private double Number(JsonObject from, DocumentPath place, string key, double fallback, double least, double most)
    {
        if (from[key] is not { } node || IsOpen(node))
        {
            return fallback;
        }

        if (TryNumber(node, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Wrong(place[key], string.Create(CultureInfo.InvariantCulture, $"{key} must be a number from {least} to {most}, not {node.ToJsonString()}"));
        return fallback;
    }

    // What the environment gives are texts; what the configuration gives may be a number of any type.
    private static bool TryNumber(JsonNode node, out double number)
    {
        number = 0;
        var text = node.GetValueKind() == JsonValueKind.Number ? node.ToJsonString() : Text(node);
        return text is not null && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    private string Word(JsonObject from, string key, string[] words)
    {
        if (from[key] is not { } node || IsOpen(node))
        {
            return words[0];
        }

        if (Text(node) is { } word && words.Contains(word, StringComparer.Ordinal))
        {
            return word;
        }

        Wrong(path[key], $"{key} must be {string.Join(" or ", words)}, not {node.ToJsonString()}{(Text(node) is { } wrong ? NearestWord.Hint(wrong, words) : "")}");
        return words[0];
    }

    private List<LoadRequest> Requests()
    {
        if (given["requests"] is not { } several)
        {
            return Request(given, path) is { } one ? [one] : [];
        }

        if (given.ContainsKey("url"))
        {
            Wrong(path["url"], "url and requests exclude each other");
        }

        if (several is not JsonArray { Count: > 0 } list || list.Any(static item => item is not JsonObject))
        {
            Wrong(path["requests"], "requests must be a list of at least one map with a url");
            return [];
        }

        return [.. list.Select((item, place) => Request((JsonObject)item!, path["requests"][place])).OfType<LoadRequest>()];
    }

    private LoadRequest? Request(JsonObject from, DocumentPath place)
    {
        var node = from["url"];
        if (node is null)
        {
            Wrong(place, "a load must have a url");
            return null;
        }

        Uri? url = null;
        if (!IsOpen(node) && (!Uri.TryCreate(Text(node), UriKind.Absolute, out url) || url.Scheme != Uri.UriSchemeHttp || url.Host.Length == 0))
        {
            Wrong(place["url"], url?.Scheme == Uri.UriSchemeHttps ? "load over https is not there yet; the URL must begin with http://" : "url must be an http URL");
            return null;
        }

        var request = new LoadRequest(url ?? new Uri("http://localhost/"))
        {
            Method = from["method"] is { } method && !IsOpen(method) ? Text(method) ?? "" : "GET",
            Headers = Headers(from["headers"], place["headers"]),
            Body = Body(from["body"]),
            Weight = Number(from, place, "weight", 1, 0.000001, MostRate),
            Expected = Expected(from["expected_status"], place["expected_status"]),
            Check = from["check"] is { } check ? Pattern(check, place["check"]) : null,
        };
        if (!isWrong && RequestBytes.Problem(request) is { } problem)
        {
            Wrong(place, $"the request {problem}");
        }

        return IsOpen(from) ? null : request;
    }

    private List<KeyValuePair<string, string>> Headers(JsonNode? node, DocumentPath place)
    {
        if (node is null)
        {
            return [];
        }

        if (node is not JsonObject map || map.Any(static header => header.Value is not JsonValue))
        {
            Wrong(place, "headers must be a map of names to texts");
            return [];
        }

        return [.. map.Select(static header => KeyValuePair.Create(header.Key, Text(header.Value) ?? header.Value!.ToJsonString()))];
    }

    // A text is sent as it is, anything else as JSON.
    private static byte[] Body(JsonNode? node) => node is null ? [] : Encoding.UTF8.GetBytes(Text(node) ?? node.ToJsonString());

    private ExpectedStatuses Expected(JsonNode? node, DocumentPath place)
    {
        if (node is null || IsOpen(node))
        {
            return ExpectedStatuses.Success;
        }

        JsonNode?[] all = node is JsonArray list ? [.. list] : [node];
        List<(int, int)> statuses = [];
        foreach (var one in all)
        {
            if (one is null || !TryNumber(one, out var status) || status is not (>= 100 and <= 999) || !double.IsInteger(status))
            {
                Wrong(place, "expected_status must be a status or a list of statuses, such as [200, 503]");
                return ExpectedStatuses.Success;
            }

            statuses.Add(((int)status, (int)status));
        }

        return new ExpectedStatuses(statuses);
    }

    private List<AnswerClass> Classes()
    {
        if (given["classes"] is not { } node)
        {
            return [];
        }

        if (node is not JsonObject map)
        {
            Wrong(path["classes"], "classes must be a map of names to patterns");
            return [];
        }

        foreach (var (name, _) in map.Where(static member => OutcomeNames.IsTaken(member.Key)))
        {
            Wrong(path["classes"][name], $"no class can be called '{name}', which is another outcome");
        }

        return [.. map.Select(member => (member.Key, Pattern: Pattern(member.Value, path["classes"][member.Key]))).Where(static one => one.Pattern is not null).Select(static one => new AnswerClass(one.Key, one.Pattern!))];
    }

    private AnswerPattern? Pattern(JsonNode? node, DocumentPath place)
    {
        if (IsOpen(node))
        {
            return null;
        }

        var (part, header, pattern) = node is JsonObject map ? Part(map, place) : (AnswerPart.Body, "", Text(node));
        if (pattern is null)
        {
            Wrong(place, """a pattern must be a text that is found in the body, or {"body": PATTERN}, {"header": NAME, "pattern": PATTERN} or {"status": PATTERN}""");
            return null;
        }

        try
        {
            return new AnswerPattern(pattern, part, header);
        }
        catch (ArgumentException failure)
        {
            Wrong(place, $"'{pattern}' is no regular expression for an answer: {failure.Message.TrimEnd('.')}");
            return null;
        }
    }

    private (AnswerPart Part, string Header, string? Pattern) Part(JsonObject map, DocumentPath place)
    {
        foreach (var (key, _) in map.Where(static member => member.Key is not ("body" or "header" or "status" or "pattern")))
        {
            Wrong(place[key], $"'{key}' is no part of an answer{NearestWord.Hint(key, [.. Places, "pattern"])}");
        }

        return Text(map["header"]) is { Length: > 0 } header ? (AnswerPart.Header, header, Text(map["pattern"]))
            : Text(map["status"]) is { } status ? (AnswerPart.Status, "", status)
            : (AnswerPart.Body, "", Text(map["body"]));
    }

    private LoadConnections ReadConnections()
    {
        // Each user of the closed model has a connection of his own.
        var users = given["concurrency"] is { } node && TryNumber(node, out var count) && count <= MostUsers ? count : 0;
        var most = (int)Number(given, path, "max_connections", Math.Max(users, LoadConnections.DefaultMost), 1, MostUsers);
        if (given["connections"] is { } kind && !IsOpen(kind) && TryNumber(kind, out var share))
        {
            if (share is >= 0 and <= 1)
            {
                return new LoadConnections(share, most);
            }

            Wrong(path["connections"], "connections must be kept, fresh, or the share of fresh ones from 0 to 1");
        }

        return new LoadConnections(Word(given, "connections", Connections) == "fresh" ? 1 : 0, most);
    }

    private LoadSchedule? Schedule(bool endless)
    {
        var isByChance = Word(given, "arrivals", Arrivals) == "chance";
        var duration = endless ? TimeSpan.FromDays(30) : TimeSpan.FromSeconds(Number(given, path, "duration", 0, 0.001, LongestSeconds));
        if (IsOpen(given["rate"]) || IsOpen(given["duration"]))
        {
            return null;
        }

        if (given["concurrency"] is { } users)
        {
            if (given.ContainsKey("rate"))
            {
                Wrong(path["concurrency"], "concurrency and rate exclude each other");
            }

            var count = (int)Number(given, path, "concurrency", 1, 1, MostUsers);
            return IsOpen(users) || !HasDuration() ? null : LoadSchedule.Closed(count, duration);
        }

        switch (given["rate"])
        {
            case null:
                Wrong(path, "a load must have a rate: how many requests a second");
                return null;
            case JsonArray steps when !endless:
                return Steps(steps, isByChance);
            case JsonObject ramp when !endless:
                var (from, to) = (Number(ramp, path["rate"], "from", 0, 0, MostRate), Number(ramp, path["rate"], "to", 0, 0, MostRate));
                return HasDuration() ? Open([new RateSegment(from, to, duration)], isByChance) : null;
            default:
                var rate = Number(given, path, "rate", 1, LoadSchedule.LeastRate, MostRate);
                return HasDuration() ? Open([new RateSegment(rate, rate, duration)], isByChance) : null;
        }

        bool HasDuration()
        {
            if (!endless && !given.ContainsKey("duration"))
            {
                Wrong(path, "a load must have a duration, in seconds");
            }

            return duration > TimeSpan.Zero;
        }
    }

    private LoadSchedule? Steps(JsonArray steps, bool isByChance)
    {
        if (given.ContainsKey("duration"))
        {
            Wrong(path["duration"], "each step of the rate has a duration of its own, and the load none");
        }

        List<RateSegment> segments = [];
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not JsonObject step)
            {
                Wrong(path["rate"][i], """a step of the rate must be {"rate": N, "duration": SECONDS} or {"from": N, "to": N, "duration": SECONDS}""");
                continue;
            }

            var place = path["rate"][i];
            var rate = Number(step, place, "rate", 0, 0, MostRate);
            segments.Add(new RateSegment(
                Number(step, place, "from", rate, 0, MostRate), Number(step, place, "to", rate, 0, MostRate), TimeSpan.FromSeconds(Number(step, place, "duration", 1, 0.001, LongestSeconds))));
        }

        return Open(segments, isByChance);
    }

    private LoadSchedule? Open(List<RateSegment> segments, bool isByChance)
    {
        if (segments.Sum(static one => one.Mass) > 0)
        {
            return LoadSchedule.Open(segments, isByChance);
        }

        Wrong(path["rate"], "with this rate nothing is ever sent");
        return null;
    }
}
