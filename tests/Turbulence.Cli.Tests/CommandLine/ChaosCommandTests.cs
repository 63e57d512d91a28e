using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Tests.CommandLine;

public sealed class ChaosCommandTests
{
    [Theory]
    [InlineData("", "a command is missing", "chaos --help")]
    [InlineData("frob", "there is no command 'frob'", "chaos --help")]
    [InlineData("frob --help", "there is no command 'frob'", "chaos --help")]
    [InlineData("--help frob", "there is no command 'frob'", "chaos --help")]
    [InlineData("explode --help", "there is no command 'explode'", "chaos --help")]
    [InlineData("faults frob --help", "there is no command 'frob'", "chaos faults --help")]
    [InlineData("valdate x", "there is no command 'valdate' (did you mean 'validate'?)", "chaos --help")]
    [InlineData("run --journl-path=y x", "there is no option '--journl-path' (did you mean '--journal-path'?)", "chaos run --help")]
    [InlineData("run --strct x", "there is no option '--strct' (did you mean '--strict'?)", "chaos run --help")]
    [InlineData("run x --verbos", "there is no option '--verbos' (did you mean '--verbose'?)", "chaos run --help")]
    [InlineData("--foo", "there is no option '--foo'", "chaos --help")]
    [InlineData("--foo run x", "there is no option '--foo'", "chaos run --help")]
    [InlineData("run", "the SOURCE is missing: the experiment's file or URL", "chaos run --help")]
    [InlineData("run --verbose", "the SOURCE is missing: the experiment's file or URL", "chaos run --help")]
    [InlineData("validate", "the SOURCE is missing: the experiment's file or URL", "chaos validate --help")]
    [InlineData("run --foo x", "there is no option '--foo'", "chaos run --help")]
    [InlineData("run --foo=bar x", "there is no option '--foo'", "chaos run --help")]
    [InlineData("run x --foo", "there is no option '--foo'", "chaos run --help")]
    [InlineData("run -x", "there is no option '-x'", "chaos run --help")]
    [InlineData("run a b", "'b' is one argument too many", "chaos run --help")]
    [InlineData("run --dry", "--dry needs a value", "chaos run --help")]
    [InlineData("run --dry nope x", "'nope' is not a value for --dry; it takes probes, actions, activities, pause", "chaos run --help")]
    [InlineData(
        "run x --rollback-strategy sometimes",
        "'sometimes' is not a value for --rollback-strategy; it takes default, always, never, deviated",
        "chaos run --help")]
    [InlineData(
        "run x --hypothesis-strategy skip", "'skip' is not a value for --hypothesis-strategy; it takes default, before-method-only, after-method-only, during-method-only, continuously", "chaos run --help")]
    [InlineData(
        "run x --hypothesis-frequency 0",
        "'0' is not a value for --hypothesis-frequency; it takes a number of seconds above 0",
        "chaos run --help")]
    [InlineData(
        "run x --hypothesis-frequency soon",
        "'soon' is not a value for --hypothesis-frequency; it takes a number of seconds above 0",
        "chaos run --help")]
    [InlineData("--compat gremlin run x", "'gremlin' is not a value for --compat; it takes chaostoolkit", "chaos run --help")]
    [InlineData(
        "proxy serve --port 70000", "'70000' is not a value for --port; it takes a number from 0 to 65535", "chaos proxy serve --help")]
    [InlineData(
        "proxy list --api nix", "'nix' is not a value for --api; it takes a URL such as http://localhost:8474", "chaos proxy list --help")]
    [InlineData("proxy create db --upstream 2", "--listen is missing", "chaos proxy create --help")]
    [InlineData("proxy create db --listen", "--listen needs a value", "chaos proxy create --help")]
    [InlineData(
        "proxy toxic add db -t latency --upstream --downstream",
        "--upstream and --downstream exclude each other",
        "chaos proxy toxic add --help")]
    [InlineData(
        "proxy serve --decisions-limit 4096",
        "--decisions-limit is about the file of --decisions, which is not given",
        "chaos proxy serve --help")]
    [InlineData(
        "proxy serve --decisions-mask mask",
        "--decisions-mask is about the file of --decisions, which is not given",
        "chaos proxy serve --help")]
    [InlineData("proxy inspect", "the PROXY is missing", "chaos proxy inspect --help")]
    [InlineData(
        "proxy toxic add a -t latency -a latency",
        "'latency' is not a value for --attribute; it takes NAME=VALUE, such as latency=100",
        "chaos proxy toxic add --help")]
    [InlineData(
        "proxy toxic add a -t latency --toxicity 2",
        "'2' is not a value for --toxicity; it takes a number from 0 to 1",
        "chaos proxy toxic add --help")]
    [InlineData(
        "run x --users http://localhost:1/",
        "'http://localhost:1/' is not a value for --users; it takes a URL and a rate, such as http://localhost:8001/@200",
        "chaos run --help")]
    [InlineData("load", "the URL is missing", "chaos load --help")]
    [InlineData("load http://localhost:1/", "--rate is missing: how many requests a second", "chaos load --help")]
    [InlineData("load http://localhost:1/ --rate 5 --users 3", "--rate and --users exclude each other", "chaos load --help")]
    [InlineData(
        "load http://localhost:1/ --rate many",
        "'many' is not a value for --rate; it takes a number of requests a second from 0.0001 to 1000000",
        "chaos load --help")]
    [InlineData(
        "load http://localhost:1/ --rate 1e9",
        "'1e9' is not a value for --rate; it takes a number of requests a second from 0.0001 to 1000000",
        "chaos load --help")]
    [InlineData(
        "load http://localhost:1/ --users 0.5",
        "'0.5' is not a value for --users; it takes a whole number from 1 to 60000",
        "chaos load --help")]
    [InlineData(
        "load http://localhost:1/ --rate 5 --seed -3",
        "'-3' is not a value for --seed; it takes a whole number from 0 to 2147483647",
        "chaos load --help")]
    [InlineData("load localhost:1 --rate 5", "'localhost:1' is no http or https URL such as http://localhost:8001/", "chaos load --help")]
    [InlineData(
        "load http://localhost:1/ --rate 5 --header nix", "'nix' is not a value for --header; it takes NAME:VALUE", "chaos load --help")]
    [InlineData(
        "load http://localhost:1/ --rate 5 --class nix", "'nix' is not a value for --class; it takes NAME=PATTERN", "chaos load --help")]
    [InlineData(
        "load http://localhost:1/ --rate 5 --class a=(?=b)",
        "'a=(?=b)' is not a value for --class: it has a lookaround, a reference back or another part that is not found in linear time",
        "chaos load --help")]
    [InlineData(
        "load http://localhost:1/ --rate 5 --class a=(",
        "'a=(' is not a value for --class: Invalid pattern '(' at offset 1. Not enough )'s",
        "chaos load --help")]
    [InlineData("--log-format xml run x", "'xml' is not a value for --log-format; it takes string, json", "chaos run --help")]
    public async Task A_wrong_command_line_is_one_line_and_a_hint(string line, string mistake, string hint)
    {
        var (code, said, error) = await InvokeAsync(line);
        Assert.Equal((64, "", $"chaos: {mistake}\nTry '{hint}'.\n"), (code, said, error));
    }

    [Theory]
    [InlineData("run --compat chaostoolkit")]
    [InlineData("--compat=chaostoolkit run --foo x")]
    public async Task The_reference_has_another_exit_code_for_it(string line)
    {
        var (code, _, _) = await InvokeAsync(line);
        Assert.Equal(2, code);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--verbose --version")]
    public async Task The_version_is_one_line(string line)
    {
        var (code, said, error) = await InvokeAsync(line);
        Assert.Equal((0, $"chaos, version {ProgramVersion.Text}\n", ""), (code, said, error));
        Assert.Matches(@"^\d+\.\d+\.\d+", ProgramVersion.Text);
    }

    [Theory]
    [InlineData("--help", "help.txt")]
    [InlineData("run --help", "help-run.txt")]
    [InlineData("run x -h", "help-run.txt")]
    [InlineData("validate --help", "help-validate.txt")]
    [InlineData("report --help", "help-report.txt")]
    [InlineData("load --help", "help-load.txt")]
    [InlineData("proxy --help", "help-proxy.txt")]
    [InlineData("proxy serve --help", "help-proxy-serve.txt")]
    [InlineData("proxy toxic add --help", "help-proxy-toxic-add.txt")]
    public async Task Help_says_every_option(string line, string golden)
    {
        var (code, said, error) = await InvokeAsync(line);
        Assert.Equal((0, ""), (code, error));
        // Help takes the program's name from the process, which is the test's here.
        Golden.Matches(golden, said.Replace("Turbulence.Cli.Tests", "chaos", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("faults kinds")]
    [InlineData("load http://127.0.0.1:9/ --rate 10 --duration 0.1 --timeout 0.1")]
    public async Task A_full_disk_behind_the_output_is_no_mistake_of_the_program(string line)
    {
        using var error = new StringWriter();
        using var full = new FullWriter();
        var code = await ChaosCommand.InvokeAsync(line.Split(' '), new Surroundings(full, error, IsTerminal: false, TimeProvider.System));
        Assert.Equal(
            (2, "chaos: broke off, since its output could not be written or something could not be read: No space left on device\n"),
            (code, error.ToString().ReplaceLineEndings("\n")));
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(char[] buffer, int index, int count) => throw new IOException("No space left on device");

        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void WriteLine(string? value) => throw new IOException("No space left on device");
    }

    internal static async Task<(int Code, string Said, string Error)> InvokeAsync(string line, string[]? more = null)
    {
        using var said = new StringWriter();
        using var error = new StringWriter();
        string[] args = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. more ?? []];
        var code = await ChaosCommand.InvokeAsync(
            args, new Surroundings(said, error, IsTerminal: false, TimeProvider.System) { Lines = error });
        return (code, said.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
