using System.Text.Json.Nodes;
using Turbulence.Experiments;

namespace Turbulence.Tests.Activities.Processes;

/// <summary>Behaviour 2.6, 5.3 and 5.4: how the command is put together.</summary>
public sealed class ProcessArgumentsTests
{
    private static string Numbered => """{"path": "printf", "arguments": ["<%s>", ITEMS]}""";

    [Theory]
    [InlineData("a b  c", "a b c\n")]
    [InlineData("", "\n")]
    [InlineData("one | tr a-z A-Z", "ONE\n")]
    [InlineData("a; echo b", "a\nb\n")]
    [InlineData("$(echo sub)", "sub\n")]
    [InlineData("'q u o'", "q u o\n")]
    [InlineData("/bin/s[h]", "/bin/sh\n")]
    public async Task Section_2_6_a_text_goes_through_the_shell(string arguments, string output)
    {
        foreach (var compatible in new[] { false, true })
        {
            var provider = new JsonObject { ["path"] = "echo", ["arguments"] = arguments };
            Assert.Equal(output, await ProcessCall.Of(provider.ToJsonString(), compatible).StandardOutputAsync());
        }
    }

    [Fact]
    public async Task Section_2_6_the_shell_gets_the_resolved_path() =>
        Assert.StartsWith("/", await ProcessCall
            .Of("""{"path": "echo", "arguments": "; tr '\\0' '\\n' < /proc/$$/cmdline | tail -n 1"}""")
            .StandardOutputAsync() is { } text
            ? text.Trim().Split('\n')[^1] : "", StringComparison.Ordinal);

    [Fact]
    public async Task Section_2_6_a_list_does_not_go_through_a_shell() =>
        Assert.Equal("<$HOME><a b><*><;>", await ProcessCall
            .Of(Numbered.Replace("ITEMS", """ "$HOME", "a b", "*", ";" """, StringComparison.Ordinal))
            .StandardOutputAsync());

    [Theory]
    [InlineData("""null, "", "x" """, true, "<x>")]
    [InlineData("""null, "", "x" """, false, "<><x>")]
    [InlineData("true, false", true, "<True><False>")]
    [InlineData("true, false", false, "<true><false>")]
    [InlineData("0, 1, -5, 1.5", true, "<0><1><-5><1.5>")]
    [InlineData("0, 1, -5, 1.5", false, "<0><1><-5><1.5>")]
    [InlineData("""{"k": 1}, [null, "é"]""", true, "<{'k': 1}><[None, 'é']>")]
    [InlineData("""{"k": 1}, [null, "é"]""", false, """<{"k":1}><[null,"é"]>""")]
    public async Task Section_2_6_list_items_become_texts(string items, bool compatible, string output) =>
        Assert.Equal(
            output, await ProcessCall.Of(Numbered.Replace("ITEMS", items, StringComparison.Ordinal), compatible).StandardOutputAsync());

    [Theory]
    [InlineData(true, "<--a><1><--b><--c><True>")]
    [InlineData(false, "<--a><1><--b><><--c><true>")]
    public async Task Section_2_6_a_map_is_flattened_in_order(bool compatible, string output) =>
        Assert.Equal(output, await ProcessCall
            .Of("""{"path": "printf", "arguments": {"<%s>": null, "--a": 1, "--b": "", "--c": true}}""", compatible)
            .StandardOutputAsync());

    [Fact]
    public async Task Section_2_6_no_arguments_is_an_empty_list()
    {
        Assert.Equal("", await ProcessCall.Of("""{"path": "true"}""").StandardOutputAsync());
        Assert.Equal("", await ProcessCall.Of("""{"path": "true"}""", compatible: true).StandardOutputAsync());
        Assert.Equal("", await ProcessCall.Of("""{"path": "true", "arguments": null}""").StandardOutputAsync());
        Assert.Equal(
            ActivityEnd.Crashed, (await ProcessCall.Of("""{"path": "true", "arguments": null}""", compatible: true).RunAsync()).End);
    }

    [Theory]
    [InlineData("5", "5")]
    [InlineData("true", "true")]
    [InlineData("1.5", "1.5")]
    public async Task Section_2_6_arguments_that_resolve_to_a_scalar_crash(string scalar, string shown)
    {
        foreach (var compatible in new[] { false, true })
        {
            var result = await ProcessCall
                .Of("""{"path": "true", "arguments": "${x}"}""", compatible, $$"""{"x": {{scalar}}}""")
                .RunAsync();
            Assert.Equal(
                (ActivityEnd.Crashed, $"the arguments of a process must be a text, a list or a map, not {shown}"),
                (result.End, result.Message));
        }
    }

    [Fact]
    public async Task Section_5_3_arguments_take_the_type_of_their_value()
    {
        Assert.Equal(
            "a\n",
            await ProcessCall.Of("""{"path": "echo", "arguments": "${x}"}""", configuration: """{"x": ["a"]}""").StandardOutputAsync());
        Assert.Equal("a b True\n", await ProcessCall
            .Of("""{"path": "echo", "arguments": "a ${x} $y"}""", configuration: """{"x": "b", "y": true}""")
            .StandardOutputAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Section_5_4_a_double_dollar_is_one_only_when_there_is_something_to_substitute(bool compatible)
    {
        const string Provider = """{"path": "printf", "arguments": ["%s", "$$"]}""";

        Assert.Equal("$$", await ProcessCall.Of(Provider, compatible).StandardOutputAsync());
        Assert.Equal("$", await ProcessCall.Of(Provider, compatible, """{"x": 1}""").StandardOutputAsync());
    }

    [Fact]
    public async Task Section_5_2_an_unknown_name_is_an_error_here_and_stays_in_compatibility_mode()
    {
        const string Provider = """{"path": "printf", "arguments": ["%s", "${nobody}"]}""";
        var result = await ProcessCall.Of(Provider).RunAsync();

        Assert.Equal(ActivityEnd.Failed, result.End);
        Assert.Contains("${nobody}", result.Message, StringComparison.Ordinal);
        Assert.Equal("${nobody}", await ProcessCall.Of(Provider, compatible: true).StandardOutputAsync());
        Assert.Equal("${nobody}", await ProcessCall.Of(Provider, compatible: true, configuration: """{"x": 1}""").StandardOutputAsync());
    }
}
