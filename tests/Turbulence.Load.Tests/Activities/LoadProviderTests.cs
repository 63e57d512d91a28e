using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Load.Activities;
using Turbulence.Values;

namespace Turbulence.Load.Tests.Activities;

public sealed class LoadProviderTests
{
    [Fact]
    public async Task It_returns_what_became_of_the_requests_and_keeps_each_beside_the_journal()
    {
        var folder = Directory.CreateTempSubdirectory("load-").FullName;
        try
        {
            await using var server = new ScriptedServer(
                static asked => asked.Number % 4 == 0 ? "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n" : ScriptedServer.Ok("primary"));
            List<JsonObject> progress = [];
            var call = Call(
                server, """{ "rate": 100, "duration": 0.6, "classes": { "primary": "primary" } }""", new SideFiles(folder), progress.Add);
            var result = await new LoadProvider().RunAsync(call, TestContext.Current.CancellationToken);
            var output = result.Output!;
            Assert.Equal((60, 15, 45, 15), ((long)output[
                "intended"]!, (long)output["lost"]!, (long)output["outcomes"]!["primary"]!, (long)output["outcomes"]!["error_status"]!));
            var lines = await File.ReadAllLinesAsync(Path.Combine(folder, "7-samples.csv"), TestContext.Current.CancellationToken);
            Assert.Equal("due_ns,sent_ns,ended_ns,outcome", lines[0]);
            Assert.Equal((60, 45, 15), (lines.Length - 1, lines.Count(static line => line.EndsWith(
                ",primary",
                StringComparison.Ordinal)), lines.Count(static line => line.EndsWith(",error_status", StringComparison.Ordinal))));
            Assert.Equal(Enumerable.Range(0, 60).Select(static i => i * 10_000_000L), lines
                .Skip(1)
                .Select(static line => long.Parse(line.Split(',')[0], System.Globalization.CultureInfo.InvariantCulture))
                .Order());
            Assert.EndsWith("7-samples.csv", (string?)output["samples"], StringComparison.Ordinal);
            Assert.NotEmpty(progress);
            Assert.All(progress, static told => Assert.InRange((long)told["intended"]!, 1, 60));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Configuration_stands_in_it_and_what_has_no_value_fails()
    {
        await using var server = new ScriptedServer(static _ => ScriptedServer.Ok());
        var call = Call(
            server, """{ "rate": "${rate}", "duration": 0.1 }""", values: new ResolvedValues(new JsonObject { ["rate"] = 50 }, []));
        var sent = await new LoadProvider().RunAsync(call, TestContext.Current.CancellationToken);
        Assert.True(sent.Output is not null, sent.Message);
        Assert.Equal(5, (long)sent.Output["intended"]!);
        var missing = await new LoadProvider().RunAsync(
            Call(server, """{ "rate": "${rate}", "duration": 0.1 }"""), TestContext.Current.CancellationToken);
        Assert.Equal((ActivityEnd.Failed, "${rate} has no value in the configuration or the secrets"), (missing.End, missing.Message));
        var wrong = await new LoadProvider().RunAsync(Call(server, """{ "rate": "${rate}", "duration": 0.1 }""", values: new ResolvedValues(
            new JsonObject { ["rate"] = "fast" }, [])), TestContext.Current.CancellationToken);
        Assert.Equal((ActivityEnd.Failed, "rate must be a number from 0.0001 to 1000000, not \"fast\""), (wrong.End, wrong.Message));
    }

    [Fact]
    public async Task One_that_is_stopped_ends_at_once_and_says_what_there_was_until_then()
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedServer(_ =>
        {
            stop.Cancel();
            return new Reply(Then.Hang);
        });
        var end = await Assert.ThrowsAsync<InterruptedActivityException>(
            async () => await new LoadProvider().RunAsync(Call(server, """{ "rate": 10, "duration": 600, "timeout": 600 }"""), stop.Token));
        Assert.InRange((long)end.Output["intended"]!, 1, 100);
        Assert.Equal((long)end.Output["intended"]!, (long)end.Output["outcomes"]!["cancelled"]!);
    }

    [Fact]
    public async Task Samples_that_cannot_be_written_fail_it_before_anything_is_sent()
    {
        await using var server = new ScriptedServer(static _ => ScriptedServer.Ok());
        var call = new ActivityCall(Activity(server, """{ "rate": 10, "duration": 0.1 }"""), ResolvedValues.Empty)
        {
            OpenSideFile = static _ => throw new IOException("the disk is full"),
        };
        var result = await new LoadProvider().RunAsync(call, TestContext.Current.CancellationToken);
        Assert.Equal(
            (ActivityEnd.Failed, "the samples of the load cannot be written: the disk is full", 0),
            (result.End, result.Message, server.Requests));
    }

    [Fact]
    public async Task It_hears_of_the_faults_that_are_in_meanwhile_and_says_what_each_cost()
    {
        var provider = new LoadProvider();
        await using var server = new ScriptedServer(asked =>
        {
            if (asked.Number == 5)
            {
                provider.On(Changed("second", FaultState.Injecting));
            }

            return ScriptedServer.Ok();
        });
        provider.On(Changed("over", FaultState.Injecting));
        provider.On(Changed("over", FaultState.Confirmed));
        provider.On(Changed("first", FaultState.Injecting));
        var result = await provider.RunAsync(Call(server, """{ "rate": 100, "duration": 0.2 }"""), TestContext.Current.CancellationToken);
        provider.On(Changed("late", FaultState.Injecting));
        Assert.Equal(["first", "second"], result.Output!["faults"]!.AsArray().Select(static fault => (string?)fault!["id"]));
        Assert.Equal(0.0, (double)result.Output["faults"]![0]!["begun_s"]!);
    }

    [Fact]
    public void Who_failed_over_is_known_by_classes_alone()
    {
        List<string> Problems(string provider)
        {
            var problems = new ProblemList(new DocumentMap());
            var activity =
                JsonNode.Parse($$"""{ "provider": {{provider}}, "tolerance": { "type": "load", "failover_ms": 5 } }""")!.AsObject();
            new LoadProvider().Validate(new ActivityValidation(new Activity(activity), DocumentPath.Root["method"][0], problems));
            return [.. problems.Select(static problem => problem.Pointer)];
        }

        Assert.Equal(["/method/0/tolerance/failover_ms"], Problems("""{ "type": "load", "url": "http://a/", "rate": 5, "duration": 1 }"""));
        Assert.Empty(Problems("""{ "type": "load", "url": "http://a/", "rate": 5, "duration": 1, "classes": { "a": "a" } }"""));
    }

    [Fact]
    public void What_is_wrong_is_found_before_a_run()
    {
        var problems = new ProblemList(new DocumentMap());
        new LoadProvider().Validate(new ActivityValidation(
            new Activity(JsonNode.Parse("""{ "provider": { "type": "load", "url": "http://a/" } }""")!.AsObject()),
            DocumentPath.Root["method"][0],
            problems));
        Assert.Equal(["/method/0/provider"], problems.Select(static problem => problem.Pointer));
    }

    private static ActivityCall Call(
        ScriptedServer server,
        string provider,
        SideFiles? files = null,
        Action<JsonObject>? progress = null,
        ResolvedValues? values = null) =>
        new(Activity(server, provider), values ?? ResolvedValues.Empty)
        {
            OpenSideFile = name => (files ?? SideFiles.None).Open(7, name),
            Progress = progress ?? (static _ => { }),
        };

    private static FaultChanged Changed(string fault, FaultState state) =>
        new(DateTimeOffset.UnixEpoch, new FaultReport(fault, "process.kill", "kill", state, ["a"], "nothing"), FaultState.Planned);

    private static Activity Activity(ScriptedServer server, string provider)
    {
        var given = JsonNode.Parse(provider)!.AsObject();
        given["type"] = "load";
        given["url"] = server.Url.AbsoluteUri;
        return new Activity(new JsonObject { ["type"] = "action", ["name"] = "users", ["provider"] = given });
    }
}
