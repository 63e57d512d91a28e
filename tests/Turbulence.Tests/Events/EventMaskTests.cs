using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Loading;
using Turbulence.Values;

namespace Turbulence.Tests.Events;

/// <summary>What leaves a run holds no secret, and is nothing that the run goes on working with.</summary>
public sealed class EventMaskTests
{
    private const string Secret = "hush-hush";

    /// <summary>What is no text of the experiment's: names that we give ourselves, and where the experiment's file is.</summary>
    private static readonly string[] OurOwn = [
        ".RunId", ".Word", ".Program.", ".Machine.", "Fault.Id", "Fault.Kind", "Faults.Id", "Faults.Kind", ".BaseDirectory",
    ];

    public static TheoryData<string> Events => [.. EveryEvent.Types.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_text_of_every_event_is_masked(string name)
    {
        var happened = EveryEvent.Of(EveryEvent.Types.Single(type => type.Name == name), $"it is {Secret}, you know");
        var told = happened.Masked(new EventMask(SecretMask.Of([Secret]), new Lock()));
        var left = EveryEvent.Texts(told).Where(text => text.Text.Contains(Secret, StringComparison.Ordinal)
            && !OurOwn.Any(own => text.Place.Contains(own, StringComparison.Ordinal))).ToList();
        Assert.True(left.Count == 0, string.Join('\n', left));
        Assert.NotEmpty(EveryEvent.Texts(told));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void No_event_hands_out_an_object_of_the_experiment(string name)
    {
        var happened = EveryEvent.Of(EveryEvent.Types.Single(type => type.Name == name), "text");
        var told = happened.Masked(new EventMask(SecretMask.None, new Lock()));
        var live = Declarations(happened).ToList();
        Assert.DoesNotContain(Declarations(told), declaration => live.Any(other => ReferenceEquals(other, declaration)));
        Assert.Equal(live.Count, Declarations(told).Count());
    }

    [Fact]
    public void An_activity_is_copied_once_for_the_events_of_its_beginning_and_its_end_and_anew_when_a_control_has_changed_it()
    {
        var activity = new Activity(new JsonObject { ["name"] = "a" });
        var mask = new EventMask(SecretMask.None, new Lock());
        var told = mask.Of(activity);
        Assert.Same(told, mask.Of(new Activity(activity.Declaration)));
        activity.Declaration["name"] = "b";
        mask.Renew(SecretMask.None);
        Assert.Equal(("a", "b"), (told.Name, mask.Of(activity).Name));
    }

    [Fact]
    public void An_experiment_is_told_as_it_was_then_without_the_secrets_that_it_declares_and_those_that_are_known()
    {
        var document = (JsonObject)JsonNode.Parse($$$$"""
            {"title":"of inline-secret and {{{{Secret}}}}","{{{{Secret}}}}":1,"configuration":{"vault_token":"hvs.token","at":"{{{{Secret}}}}"},
             "secrets":{"scope":{"k":"inline-secret","path":{"type":"file","path":"{{{{Secret}}}}"}}},
             "method":[{"name":"hvs.token"}]}
            """)!;
        var before = document.ToJsonString();
        var told = new EventMask(SecretMask.Of([Secret]), new Lock()).Of(
            new Experiment(document, new DocumentMap(), $"{Secret}.json", "/"));
        Assert.Equal(before, document.ToJsonString());
        document["method"]!.AsArray().Clear();
        document["title"] = "another";

        Assert.Equal(("of ***** and *****", "*****.json", "/"), (told.Title, told.Source, told.BaseDirectory));
        Assert.Equal(
            $$$$"""{"title":"of ***** and *****","*****":1,"configuration":{"vault_token":"*****","at":"*****"},"secrets":{"scope":{"k":"*****","path":{"type":"file","path":"{{{{Secret}}}}"}}},"method":[{"name":"*****"}]}""",
            told.Document.ToJsonString());
        Assert.Same(told.Document, told.Map.Root);
        Assert.Equal("*****", told.Method[0].Name);
    }

    [Fact]
    public async Task An_experiment_whose_method_is_text_is_told_while_another_thread_asks_for_all_of_its_document()
    {
        var text = Encoding.UTF8.GetBytes(
            $$"""{"title":"t","method":[{{string.Join(',', Enumerable.Range(0, 500).Select(static i => $$"""{"name":"a{{i}}"}"""))}}]}""");
        for (var i = 0; i < 20; i++)
        {
            var map = JsonDocumentReader.Read(text, late: "method").Map;
            var experiment = new Experiment((JsonObject)map.Frame!, map, "t.json", "/");
            var mask = new EventMask(SecretMask.Of([Secret]), new Lock());
            var asking = Task.Factory.StartNew(map.ReadAll, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Experiment told;
            do
            {
                told = mask.Of(experiment);
            }
            while (experiment.Unread is not null);

            await asking;
            Assert.Equal(500, told.Method.Count);
        }
    }

    [Fact]
    public void A_large_output_is_handed_on_as_it_is()
    {
        var output = new JsonObject { ["body"] = new string('x', 1000) };
        var run = new ActivityRun(1, new Activity([]), default, Background: false, default) { Output = output };
        Assert.Same(output, run.Masked(new EventMask(SecretMask.Of([Secret]), new Lock())).Output);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_event_describes_itself_in_one_line_of_json_by_its_word(string name)
    {
        var happened = EveryEvent.Of(EveryEvent.Types.Single(type => type.Name == name), "text");
        using var stream = new MemoryStream();
        using (var line = new Utf8JsonWriter(stream))
        {
            line.WriteStartObject();
            happened.Describe(line);
            line.WriteEndObject();
        }

        var text = Encoding.UTF8.GetString(stream.ToArray());
        Assert.IsType<JsonObject>(JsonNode.Parse(text));
        Assert.DoesNotContain('\n', text);
        Assert.Equal(string.Concat(name.Select((letter, i) => char.IsUpper(letter) && i > 0
            ? $"-{char.ToLowerInvariant(letter)}"
            : $"{char.ToLowerInvariant(letter)}")), happened.Word);
    }

    private static IEnumerable<JsonNode> Declarations(object value) => value switch
    {
        ActivityRun run => [run.Activity.Declaration],
        HypothesisRun run => run.Probes.SelectMany(Declarations),
        RunStarted started => [started.Experiment.Document, .. started.Options.Safeguards.Select(safeguard => safeguard.Probe.Declaration)],
        ExperimentChanged changed => [changed.Experiment.Document],
        PauseStarted pause => [pause.Activity.Declaration],
        SafeguardsEnded { Missed: { } missed } => Declarations(missed),
        RunEvent happened when happened.GetType().GetProperty("Run")?.GetValue(happened) is { } run => Declarations(run),
        _ => [],
    };
}
