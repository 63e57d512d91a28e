using System.Text.Json.Nodes;
using Turbulence.Activities.Processes;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Processes;

/// <summary>Behaviour 2.6: the result object.</summary>
public sealed class ProcessResultTests
{
    private const string NonZero =
        "This process returned a non-zero exit code. This may indicate some error and not what you expected. Please have a look at the logs.";

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 3", 3)]
    [InlineData("kill -9 $$", -9)]
    [InlineData("sh -c 'kill -9 $$'; exit $?", 137)]
    public async Task Section_2_6_status_is_the_exit_code_or_minus_the_signal(string script, int status)
    {
        var call = ProcessCall.Script(script);

        Assert.True(JsonNode.DeepEquals(
            new JsonObject { ["status"] = status, ["stdout"] = "", ["stderr"] = "" },
            StderrRemoved(await call.OutputAsync())));
        Assert.Equal(status > 0 ? [NonZero] : [], call.Warnings);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("null")]
    public async Task Section_2_6_a_tolerance_whatever_its_value_silences_the_warning(string tolerance)
    {
        var call = ProcessCall.Script("exit 3", tolerance: tolerance);

        Assert.Equal(3, (int)(await call.OutputAsync())["status"]!);
        Assert.Empty(call.Warnings);
    }

    [Fact]
    public async Task Section_2_6_both_streams_come_back_as_text()
    {
        var output = await ProcessCall.Script("printf 'out\\n'; printf err >&2").OutputAsync();

        Assert.Equal(("out\n", "err"), ((string?)output["stdout"], (string?)output["stderr"]));
        Assert.Equal(["status", "stdout", "stderr"], output.Select(pair => pair.Key));
    }

    [Theory]
    [InlineData("ok ✓")]
    [InlineData("é")]
    [InlineData("\u001b[32mgreen\u001b[0m")]
    [InlineData("\ufeffmark")]
    public async Task Section_2_6_and_A21_output_is_utf8_however_short(string text) =>
        Assert.Equal(text, await ProcessCall
            .Of(new JsonObject { ["path"] = "printf", ["arguments"] = new JsonArray("%s", text) }.ToJsonString())
            .StandardOutputAsync());

    [Fact]
    public async Task Section_2_6_what_is_not_utf8_is_replaced() =>
        Assert.Equal("a\ufffdb", await ProcessCall.Script(@"printf 'a\377b'").StandardOutputAsync());

    [Fact]
    public async Task Section_2_6_large_output_of_both_streams_is_whole()
    {
        var output = await ProcessCall.Script("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2").OutputAsync();

        Assert.Equal((3_000_000, 3_000_000), (((string)output["stdout"]!).Length, ((string)output["stderr"]!).Length));
    }

    [Fact]
    public async Task O3_output_over_the_limit_is_cut_and_says_so()
    {
        var call = ProcessCall.Script("printf 0123456789; printf 01234 >&2", runner: new ProcessProvider(outputLimit: 5));
        var output = await call.OutputAsync();

        Assert.Equal("""{"status":0,"stdout":"01234","stderr":"01234","stdout_truncated":true}""", output.ToJsonString());
        Assert.Equal(["stdout of this process had 10 bytes; only the first 5 are kept"], call.Warnings);
    }

    [Fact]
    public async Task A_pipeline_whose_reader_leaves_early_ends() =>
        Assert.Equal("y\n", await ProcessCall.Of("""{"path": "yes", "arguments": "| head -n 1"}""").StandardOutputAsync());

    [Fact]
    public async Task Failure_of_the_program_is_a_result_in_both_modes()
    {
        foreach (var compatible in new[] { false, true })
        {
            Assert.Equal(ActivityEnd.Succeeded, (await ProcessCall.Script("exit 9", compatible: compatible).RunAsync()).End);
        }
    }

    private static JsonObject StderrRemoved(JsonObject output)
    {
        // A shell says on stderr that its child was killed.
        output["stderr"] = "";
        return output;
    }
}
