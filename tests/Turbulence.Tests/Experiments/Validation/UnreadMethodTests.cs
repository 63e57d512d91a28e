using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Activities.Http;
using Turbulence.Activities.Processes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Loading;
using Turbulence.Tests.Controls;
using Turbulence.Validation;

namespace Turbulence.Tests.Experiments.Validation;

/// <summary>
/// What is wrong with a method is found, in the same order and at the same places, be it values or text, and it stays text.
/// </summary>
public sealed class UnreadMethodTests
{
    [Theory]
    [InlineData(
        """{"title":"t","description":"d","metod":1,"method":[{"type":"probe","name":"a","provider":{"type":"process","path":"true"}}]}""")]
    [InlineData("""
        {"title":"t","description":"d","versoin":1,
         "method":[{"type":"probe","nam":"a","provider":{"type":"process","path":"true","argumens":[]}},
                   {"type":"prob","name":"b","provider":{"type":"http","url":"x","url":"ftp://y","timeout":"long"}},
                   5, null, [], [{"nam":1}], "x", {},
                   {"ref":"nothing"}, {"ref":"b"}, {"ref":""},
                   {"type":"action","name":"c","tolerance":{"type":"rang","range":[1]},"until":{"type":"probe","name":"n","provider":{"type":"proces"}},"provider":{"type":"process","path":"true"}},
                   {"type":"action","name":"d","background":1,"pauses":{"befor":1,"after":-1},"controls":[{"name":"x","provider":{"type":"none"}}, 1],
                    "provider":{"type":"process","path":"nowhere","arguments":{"a":1}}}],
         "rollbacks":[{"ref":"c"},{"ref":"q"},{"type":"action","name":"r","provider":{"type":"process","path":"true","pat":1}}],
         "zone":{}, "runtim":{}}
        """)]
    [InlineData(
        """{"title":"t","description":"d","method":["x",{"controls":5},{"controls":["y"]}],"runtime":{"safeguards":[{"ref":"a"},{"ref":"z"}]}}""")]
    [InlineData(
        """{"title":"t","description":"d","steady-state-hypothesis":{"title":"h","probes":[{"ref":"a"},{"type":"probe"}]},"method":[{"type":"action","name":"a","dry":"yes"}]}""")]
    public void The_same_problems_are_found(string text)
    {
        foreach (var compatibility in (Compatibility[])[Compatibility.None, Compatibility.ChaosToolkit])
        {
            var late = JsonDocumentReader.Read(Encoding.UTF8.GetBytes(text), late: "method").Map;
            Assert.Equal(Problems(JsonDocumentReader.Read(Encoding.UTF8.GetBytes(text)).Map, compatibility), Problems(late, compatibility));
            Assert.NotNull(late.Unread);

            // A reference is looked for in the whole method.
            Assert.Equal(text.Contains("safeguards", StringComparison.Ordinal) && compatibility == Compatibility.None, late.Unread.IsRead);
        }
    }

    [Fact]
    public async Task Activities_are_handed_to_their_providers_in_their_order_with_the_probes_within_them()
    {
        const string Text = """
            {"title":"t","description":"d",
             "steady-state-hypothesis":{"title":"h","probes":[{"name":"p","provider":{"type":"a"},"tolerance":{"type":"probe","name":"in p","provider":{"type":"b"}}}]},
             "method":[{"name":"1","provider":{"type":"b"}},5,{"name":"no type","provider":{}},{"name":"2","provider":{"type":"a"}%MORE%},{"name":"no map","provider":"a"},{"name":"3","provider":{"type":"a"}}],
             "rollbacks":[{"name":"r","provider":{"type":"b"}}]}
            """;
        foreach (var more in (string[])["", ""","until":{"type":"probe","name":"in 2","provider":{"type":"b"}}"""])
        {
            var bytes = Encoding.UTF8.GetBytes(Text.Replace("%MORE%", more, StringComparison.Ordinal));
            var whole = await PreparedAsync(JsonDocumentReader.Read(bytes).Map);
            Assert.Equal(more.Length == 0 ? "a: p 2 3; b: in p 1 r" : "a: p 2 3; b: in p 1 in 2 r", whole);
            Assert.Equal(whole, await PreparedAsync(JsonDocumentReader.Read(bytes, late: "method").Map));
        }
    }

    private static List<string> Problems(DocumentMap map, Compatibility compatibility)
    {
        using var http = new HttpProvider();
        var validator = new ExperimentValidator(
            new ActivityProviders(http, new ProcessProvider()), compatibility, new ControlProviders(new ScriptedControls()));
        var found = validator.Validate(map.Frame, map).Concat(ExperimentShape.Check((JsonObject)map.Frame!, map));
        return [.. found.Select(static problem => problem.ToString())];
    }

    private static async Task<string> PreparedAsync(DocumentMap map)
    {
        var providers = (Preparing[])[new("a"), new("b")];
        await new ExperimentValidator(new ActivityProviders(providers)).PrepareAsync(map.Frame, map, TestContext.Current.CancellationToken);
        return string.Join("; ", providers.Select(static provider => $"{provider.Type}: {string.Join(' ', provider.Names)}"));
    }

    private sealed class Preparing(string type) : IActivityProvider
    {
        public string Type => type;

        public List<string> Names { get; } = [];

        public ValueTask PrepareAsync(IReadOnlyList<Turbulence.Experiments.Activity> activities, CancellationToken cancellationToken)
        {
            Names.AddRange(activities.Select(static activity => activity.Name));
            Assert.Equal(activities.Count, Enumerable.Range(0, activities.Count).Select(i => activities[i].Name).Intersect(Names).Count());
            return ValueTask.CompletedTask;
        }

        public void Validate(ActivityValidation validation)
        {
        }

        public ValueTask<Turbulence.Experiments.ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
