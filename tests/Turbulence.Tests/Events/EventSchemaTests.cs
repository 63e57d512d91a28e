using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;

namespace Turbulence.Tests.Events;

/// <summary>docs/events.schema.json describes every event, each field of it, and every word that may stand there.</summary>
public sealed class EventSchemaTests
{
    private static readonly JsonObject Definitions = EventSchema.Document["$defs"]!.AsObject();

    public static TheoryData<string> Events => [.. EveryEvent.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_has_an_entry_and_each_of_its_fields_is_described(string name)
    {
        var happened = Written(EveryEvent.Of(EveryEvent.Types.Single(type => type.Name == name), "text"));
        var entry = Assert.IsType<JsonObject>(Definitions[(string)happened["event"]!], exactMatch: false);
        var fields = entry["properties"]!.AsObject();
        Assert.All(happened, field => Assert.Contains(field.Key, fields));
        Assert.All(entry["required"]!.AsArray(), field => Assert.Contains((string)field!, happened));
    }

    [Fact]
    public void There_is_no_entry_of_an_event_that_there_is_not()
    {
        var words = EveryEvent.Types.Select(type => EveryEvent.Of(type, "text").Word).Order(StringComparer.Ordinal);
        Assert.Equal(
            words.Select(word => $"#/$defs/{word}"),
            EventSchema.Document["oneOf"]!.AsArray().Select(one => (string)one!["$ref"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_object_names_all_that_it_may_have_and_every_field_says_what_it_means()
    {
        Assert.All(Objects(EventSchema.Document), each =>
        {
            // What another provider counts is its own; the names of outcomes are the experiment's.
            Assert.True(each["additionalProperties"] is not null || each["properties"] is null, each.ToJsonString());
            foreach (var (name, field) in each["properties"] as JsonObject ?? [])
            {
                Assert.True(
                    name == "event" || field!["$ref"] is not null || field["description"] is not null, $"{name} of {each.ToJsonString()}");
            }
        });
    }

    [Fact]
    public void Every_word_that_a_field_may_have_is_named()
    {
        Words<RunPhase>("hypothesis-started", "phase");
        Words<ServiceState>("service-changed", "state");
        Words<ActivityType>("activity-started", "type");
        Words<InterruptionCause>("run-interrupted", "cause");
        Words<NoticeLevel>("notice", "level");
        Words<RunStatus>("run-ended", "status");
        Words<Verdict>("run-ended", "verdict", "needs-a-person");
        Assert.All(Runs(), run => Holds(new ActivityEnded(DateTimeOffset.UnixEpoch, run)));
        Assert.All(Faults(), fault => Holds(new FaultChanged(DateTimeOffset.UnixEpoch, fault, FaultState.Planned)));
        Assert.Equal(
            Named("fault-changed", "state"),
            Faults().Select(static fault => fault.Standing).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            Named("activity-ended", "status"),
            Runs().Select(run => (string)Written(new ActivityEnded(DateTimeOffset.UnixEpoch, run))["status"]!)
                .Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{ "at": 0, "event": "method-ended", "more": 1 }""")]
    [InlineData("""{ "at": -1, "event": "method-ended" }""")]
    [InlineData("""{ "at": 0, "event": "method-over" }""")]
    [InlineData("""{ "at": 0, "event": "notice", "level": "loud", "text": "t" }""")]
    [InlineData("""{ "at": 0, "event": "notice", "level": "error" }""")]
    [InlineData("""{ "at": 0, "event": "users-progressed", "progress": { "requests": 1, "lost": 0 } }""")]
    [InlineData("""[]""")]
    public void What_is_otherwise_is_found(string happened) => Assert.NotNull(EventSchema.Problem(JsonNode.Parse(happened)));

    private static IEnumerable<ActivityRun> Runs()
    {
        var run = (ActivityRun)typeof(ActivityEnded).GetProperty(nameof(ActivityEnded.Run))!
            .GetValue(EveryEvent.Of(typeof(ActivityEnded), "text"))!;
        run = run with { Id = 1, Dry = false };
        return [run with { Dry = true }, run with { End = null }, .. Enum.GetValues<ActivityEnd>().Select(end => run with { End = end })];
    }

    private static IEnumerable<FaultReport> Faults()
    {
        var fault = new FaultReport("k3f9", "process.kill", "kill", FaultState.Active, [], "undo");
        return
        [
            fault with { Lost = "gone" },
            fault with { Effect = new Evidence(true, "seen") },
            fault with { Effect = new Evidence(false, "unseen") },
            .. Enum.GetValues<FaultState>().Select(state => fault with { State = state }),
        ];
    }

    private static void Words<TWord>(string word, string field, params string[] more)
        where TWord : struct, Enum =>
        Assert.Equal(
            Named(word, field),
            Enum.GetNames<TWord>().Select(static name => name.ToLowerInvariant()).Concat(more).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Named(string word, string field) =>
        Definitions[word]!["properties"]![field]!["enum"]!.AsArray().Select(static one => (string)one!).Order(StringComparer.Ordinal);

    private static void Holds(RunEvent happened) => EventSchema.Holds([Written(happened)]);

    private static IEnumerable<JsonObject> Objects(JsonNode? node) => node switch
    {
        JsonObject { } all when all["type"] is JsonValue type && type.ToString() == "object" => Below(all).Prepend(all),
        JsonObject all => Below(all),
        JsonArray list => list.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<JsonObject> Below(JsonObject all) => all.SelectMany(static one => Objects(one.Value));

    private static JsonObject Written(RunEvent happened)
    {
        using var stream = new MemoryStream();
        using (var line = new Utf8JsonWriter(stream))
        {
            happened.WriteTo(line);
        }

        return JsonNode.Parse(Encoding.UTF8.GetString(stream.ToArray()))!.AsObject();
    }
}
