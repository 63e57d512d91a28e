using System.Text.Json.Nodes;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Processes;

/// <summary>Behaviour 2.6 and A13: environment, directory and standard input.</summary>
public sealed class ProcessSurroundingsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("turbulence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Section_2_6_the_whole_environment_is_passed_on()
    {
        Environment.SetEnvironmentVariable("TURBULENCE_TEST_PASSED_ON", "as var files do");

        Assert.Equal("as var files do", await ProcessCall.Script("printf %s \"$TURBULENCE_TEST_PASSED_ON\"").StandardOutputAsync());
    }

    [Fact]
    public async Task Section_2_6_the_directory_is_ours() =>
        Assert.Equal(Environment.CurrentDirectory, (await ProcessCall.Script("pwd").StandardOutputAsync()).Trim());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A13_the_standard_input_is_empty(bool compatible) =>
        Assert.Equal(
            "/dev/null", (await ProcessCall.Script("readlink /proc/self/fd/0; cat", compatible: compatible).StandardOutputAsync()).Trim());

    [Fact]
    public async Task A13_env_adds_to_the_environment_and_null_takes_away()
    {
        Environment.SetEnvironmentVariable("TURBULENCE_TEST_TAKEN_AWAY", "x");
        const string More = """{"env": {"A": "${v} and more", "B": true, "C": 5, "TURBULENCE_TEST_TAKEN_AWAY": null}}""";
        const string Script = "echo \"$A|$B|$C|${TURBULENCE_TEST_TAKEN_AWAY-gone}|${PATH:+path}\"";

        Assert.Equal(
            "text and more|true|5|gone|path\n",
            await ProcessCall.Script(Script, More, configuration: """{"v": "text"}""").StandardOutputAsync());
    }

    [Fact]
    public async Task A13_cwd_is_where_the_program_starts()
    {
        var more = new JsonObject { ["cwd"] = "${where}" }.ToJsonString();
        var configuration = new JsonObject { ["where"] = folder }.ToJsonString();
        Assert.Equal(folder, (await ProcessCall.Script("pwd -P", more, configuration: configuration).StandardOutputAsync()).Trim());

        var relative = new JsonObject { ["cwd"] = Path.GetRelativePath(Environment.CurrentDirectory, folder) }.ToJsonString();
        Assert.Equal(folder, (await ProcessCall.Script("pwd -P", relative).StandardOutputAsync()).Trim());
    }

    [Fact]
    public async Task A_relative_path_starts_at_our_directory_and_not_at_cwd()
    {
        var program = Path.GetRelativePath(Environment.CurrentDirectory, "/bin/sh");
        foreach (var arguments in new JsonNode[] { new JsonArray("-c", "pwd -P"), "-c 'pwd -P'" })
        {
            var provider = new JsonObject { ["path"] = program, ["arguments"] = arguments, ["cwd"] = folder };
            Assert.Equal(folder, (await ProcessCall.Of(provider.ToJsonString()).StandardOutputAsync()).Trim());
        }
    }

    [Theory]
    [InlineData("\"given\"", "given")]
    [InlineData("\"${v} é\"", "text é")]
    [InlineData("\"\"", "")]
    [InlineData("\"${map}\"", """{"k":[1,"é"]}""")]
    [InlineData("5", "5")]
    public async Task A13_stdin_is_what_the_program_reads(string stdin, string read) =>
        Assert.Equal(read, await ProcessCall
            .Script("cat", $$"""{"stdin": {{stdin}}}""", configuration: """{"v": "text", "map": {"k": [1, "é"]}}""")
            .StandardOutputAsync());

    [Fact]
    public async Task Ours_mean_nothing_in_compatibility_mode()
    {
        var more = new JsonObject
        {
            ["cwd"] = folder,
            ["stdin"] = "x",
            ["env"] = new JsonObject { ["TURBULENCE_TEST_ADDED"] = "x" },
        }.ToJsonString();
        var output = await ProcessCall.Script("pwd; cat; printenv TURBULENCE_TEST_ADDED", more, compatible: true).StandardOutputAsync();

        Assert.Equal(Environment.CurrentDirectory + "\n", output);
    }

    [Theory]
    [InlineData("""{"cwd": "/no/such"}""", "cannot start /bin/sh in the directory /no/such: No such file or directory")]
    [InlineData("""{"cwd": "${n}"}""", "cwd must be the path of a directory, not 5")]
    [InlineData("""{"env": "${n}"}""", "env must be a map of names to values, not 5")]
    [InlineData("""{"env": {"A": "${nobody}"}}""", "${nobody} has no value in the configuration or the secrets")]
    [InlineData("""{"stdin": "${nobody}"}""", "${nobody} has no value in the configuration or the secrets")]
    [InlineData("""{"env": {"A=B": "x"}}""", "'A=B' cannot be the name of an environment variable")]
    [InlineData("""{"env": {"": "x"}}""", "'' cannot be the name of an environment variable")]
    public async Task What_cannot_be_given_is_a_failure_that_says_why(string more, string message)
    {
        var result = await ProcessCall.Script("true", more, configuration: """{"n": 5}""").RunAsync();

        Assert.NotEqual(ActivityEnd.Succeeded, result.End);
        Assert.Equal(message, result.Message);
    }
}
