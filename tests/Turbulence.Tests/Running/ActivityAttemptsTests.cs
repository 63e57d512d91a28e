using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Validation;
using Turbulence.Values;

namespace Turbulence.Tests.Running;

/// <summary>What cannot be read of <c>timeout</c>, <c>retries</c> and <c>interval</c> is a mistake, and never silently none.</summary>
public sealed class ActivityAttemptsTests
{
    [Theory]
    [InlineData("retries", "\"3\"", "activity retries must be a whole number from 0, not \"3\"")]
    [InlineData("retries", "1.5", "activity retries must be a whole number from 0, not 1.5")]
    [InlineData("interval", "\"x\"", "activity interval must be a number of seconds from 0 to 4294967, not \"x\"")]
    [InlineData("interval", "\"1\"", "activity interval must be a number of seconds from 0 to 4294967, not \"1\"")]
    public void A_text_is_refused_before_the_run(string key, string value, string message)
    {
        foreach (var others in (string[])["", ", \"timeout\": \"${limit}\""])
        {
            var problems = Validate(
                $$"""{"type": "action", "name": "a", "provider": {"type": "scripted", "key": "a"}, "{{key}}": {{value}}{{others}}}""");
            Assert.Equal(message, Assert.Single(problems).Message);
        }
    }

    [Fact]
    public void A_placeholder_is_looked_at_when_it_has_a_value() =>
        Assert.Empty(Validate(
            """{"type": "action", "name": "a", "provider": {"type": "scripted", "key": "a"}, "retries": "${n}", "interval": "${i}"}"""));

    [Fact]
    public async Task A_placeholder_that_says_a_number_is_one_since_the_environment_holds_nothing_but_texts()
    {
        var run = Run("2").Action("a", new JsonObject { ["retries"] = "${n}", ["interval"] = 0 });
        run.Provider.On("a", ActivityResult.Failed("not yet"));
        await run.RunAsync();
        Assert.Equal(["a", "a", "a"], run.Provider.Calls);
    }

    [Theory]
    [InlineData("retries")]
    [InlineData("interval")]
    [InlineData("timeout")]
    public async Task A_placeholder_that_says_something_else_fails_the_activity_and_is_not_silently_none(string key)
    {
        var run = Run("soon").Action("a", new JsonObject { [key] = "${n}" });
        var outcome = await run.RunAsync();
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains($"activity {key} must be", Assert.Single(outcome.Reasons), StringComparison.Ordinal);
        Assert.Empty(run.Provider.Calls);
    }

    private static TestRun Run(string value) => new() { Values = new ResolvedValues(new JsonObject { ["n"] = value }, []) };

    private static ProblemList Validate(string activity)
    {
        var problems = new ProblemList(new DocumentMap());
        new ActivityValidator(new ActivityProviders(new ScriptedProvider()), Compatibility.None, problems).Check(
            JsonNode.Parse(activity), DocumentPath.Root);
        return problems;
    }
}
