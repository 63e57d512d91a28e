using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Processes;

/// <summary>Behaviour 2.6 and 3.3: how the program is found, and what is said before the run.</summary>
public sealed class ProcessPathTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("turbulence-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"path": ""}""")]
    [InlineData("""{"path": null}""")]
    [InlineData("""{"path": 5}""")]
    public async Task Section_3_3_a_path_is_required(string provider)
    {
        var problem = Assert.Single(ProcessCall.Of(provider).Validate());
        Assert.Equal("a process activity must have a path", problem.Message);
        Assert.Equal(provider == "{}" ? "/method/0/provider" : "/method/0/provider/path", problem.Pointer);

        Assert.Equal((ActivityEnd.Crashed, "a process activity must have a path"), await EndOf(ProcessCall.Of(provider)));
    }

    [Theory]
    [InlineData("no-such-program")]
    [InlineData("/no/such/program")]
    [InlineData("/etc/passwd")]
    [InlineData("/tmp")]
    public void Section_3_3_the_program_has_to_be_an_executable_file(string program)
    {
        var problem = Assert.Single(ProcessCall.Of($$"""{"path": "{{program}}"}""").Validate());

        Assert.Equal($"path '{program}' cannot be found, in activity 'it'", problem.Message);
        Assert.Equal(("/method/0/provider/path", ProblemSeverity.Error), (problem.Pointer, problem.Severity));
    }

    [Theory]
    [InlineData("""{"path": "sh"}""")]
    [InlineData("""{"path": "/bin/sh", "arguments": "x", "timeout": 1.5}""")]
    [InlineData("""{"path": "${program}", "timeout": "${t}", "cwd": "${d}", "env": "${e}", "stdin": 5}""")]
    [InlineData("""{"path": "sh", "timeout": "5", "cwd": "/", "env": {"A": 1}}""")]
    public void Section_3_3_what_can_run_has_no_problem(string provider) => Assert.Empty(ProcessCall.Of(provider).Validate());

    [Theory]
    [InlineData("0", "no program ends within a timeout of 0")]
    [InlineData("-1.5", "no program ends within a timeout of -1.5")]
    [InlineData("\"0\"", "no program ends within a timeout of \"0\"")]
    [InlineData("\"soon\"", "the timeout of a process must be a number of seconds, not \"soon\"")]
    public void A_timeout_that_nothing_keeps_is_told_before_the_run(string timeout, string message)
    {
        var problem = Assert.Single(ProcessCall.Of($$"""{"path": "sh", "timeout": {{timeout}}}""").Validate());
        Assert.Equal(
            ("/method/0/provider/timeout", ProblemSeverity.Warning, message), (problem.Pointer, problem.Severity, problem.Message));
    }

    [Fact]
    public void Section_14_2_map_arguments_are_deprecated()
    {
        var problem = Assert.Single(ProcessCall.Of("""{"path": "sh", "arguments": {"-c": "x"}}""").Validate());

        Assert.Equal(
            "Process arguments should now be a list to keep the ordering of the arguments. Dictionary arguments are deprecated for process activities.",
            problem.Message);
        Assert.Equal(("/method/0/provider/arguments", ProblemSeverity.Warning), (problem.Pointer, problem.Severity));
    }

    [Theory]
    [InlineData("""{"path": "sh", "timeout": "soon"}""", "/method/0/provider/timeout", ProblemSeverity.Warning)]
    [InlineData("""{"path": "sh", "timeout": [1]}""", "/method/0/provider/timeout", ProblemSeverity.Warning)]
    [InlineData("""{"path": "sh", "cwd": 5}""", "/method/0/provider/cwd", ProblemSeverity.Error)]
    [InlineData("""{"path": "sh", "env": ["A=1"]}""", "/method/0/provider/env", ProblemSeverity.Error)]
    public void Other_keys_of_the_wrong_type_are_reported(string provider, string pointer, ProblemSeverity severity)
    {
        var problem = Assert.Single(ProcessCall.Of(provider).Validate());

        Assert.Equal((pointer, severity), (problem.Pointer, problem.Severity));
    }

    [Fact]
    public async Task Section_2_6_and_A11_a_tilde_is_the_home_directory_in_validation_too()
    {
        var home = Environment.GetEnvironmentVariable("HOME")!.TrimEnd('/');
        var path = "~/" + Path.GetRelativePath(home, Program("tilde", "printf %s \"$0\""));
        var call = ProcessCall.Of(new JsonObject { ["path"] = path }.ToJsonString());

        Assert.Empty(call.Validate());
        Assert.EndsWith("/tilde", await call.StandardOutputAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Section_2_6_a_program_that_is_not_found_crashes_the_list_form()
    {
        foreach (var compatible in new[] { false, true })
        {
            Assert.Equal(
                (ActivityEnd.Crashed, "path 'no-such-program' cannot be found"),
                await EndOf(ProcessCall.Of("""{"path": "no-such-program", "arguments": ["x"]}""", compatible)));
        }
    }

    [Fact]
    public async Task Section_2_6_a_program_that_is_not_found_is_the_word_None_for_the_shell_in_compatibility_mode()
    {
        const string Provider = """{"path": "no-such-program", "arguments": "x"}""";

        var output = await ProcessCall.Of(Provider, compatible: true).OutputAsync();
        Assert.Equal(127, (int)output["status"]!);
        Assert.Contains("None", (string)output["stderr"]!, StringComparison.Ordinal);
        Assert.Equal((ActivityEnd.Crashed, "path 'no-such-program' cannot be found"), await EndOf(ProcessCall.Of(Provider)));
    }

    [Fact]
    public async Task A_program_that_the_system_cannot_execute_crashes()
    {
        File.WriteAllText(Program("text", ""), "no program");

        Assert.Equal(
            (ActivityEnd.Crashed, $"cannot start {folder}/text: Exec format error"),
            await EndOf(ProcessCall.Of(new JsonObject { ["path"] = $"{folder}/text" }.ToJsonString())));
    }

    [Fact]
    public async Task A10_the_path_is_substituted_here_and_not_in_compatibility_mode()
    {
        const string Provider = """{"path": "${tool}", "arguments": ["hi"]}""";

        Assert.Equal("hi\n", await ProcessCall.Of(Provider, configuration: """{"tool": "echo"}""").StandardOutputAsync());
        Assert.Equal(
            (ActivityEnd.Crashed, "path '${tool}' cannot be found"),
            await EndOf(ProcessCall.Of(Provider, compatible: true, configuration: """{"tool": "echo"}""")));
    }

    [Fact]
    public async Task A_path_with_a_space_or_a_quote_is_quoted_for_the_shell_here_only()
    {
        var provider = new JsonObject { ["path"] = Program("it's mine", "echo ran $1"), ["arguments"] = "one" }.ToJsonString();

        Assert.Equal("ran one\n", await ProcessCall.Of(provider).StandardOutputAsync());
        Assert.NotEqual(0, (int)(await ProcessCall.Of(provider, compatible: true).OutputAsync())["status"]!);
    }

    private static async Task<(ActivityEnd End, string? Message)> EndOf(ProcessCall call)
    {
        var result = await call.RunAsync();
        return (result.End, result.Message);
    }

    private string Program(string name, string script)
    {
        var file = Path.Combine(folder, name);
        File.WriteAllText(file, "#!/bin/sh\n" + script);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return file;
    }
}
