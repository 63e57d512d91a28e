using System.CommandLine;
using System.Net;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Completions;
using Turbulence.Faults;

namespace Turbulence.Cli.Tests.Completions;

public sealed class CommandCompletionTests
{
    private static readonly Surroundings Around = new(TextWriter.Null, TextWriter.Null, IsTerminal: false, TimeProvider.System);

    // What has neither words nor files: the person alone knows it.
    private static readonly string[] Free =
    [
        "SECONDS", "N", "TEXT", "URL", "WHAT", "VALUE", "URL@RATE", "NAME", "NAME=VALUE", "NAME[:TYPE]=VALUE", "SHARE", "ADDRESS", "HOST",
        "BYTES", "PER_SECOND", "METHOD", "NAME:VALUE", "NAME=PATTERN", "KEY", "JSON", "REASON", "WORD", "PROXY",
    ];

    [Theory]
    [InlineData("", "run", "validate", "faults", "completion")]
    [InlineData("faults ", "kinds", "list", "revert")]
    [InlineData("--verbose fau", "faults")]
    [InlineData("--log-file x.log fau", "faults")]
    [InlineData("--log-format ", "string", "json")]
    [InlineData("--log-format=", "--log-format=string", "--log-format=json")]
    [InlineData("run x.json --dry a", "actions", "activities")]
    [InlineData("run --rollback-strategy", "--rollback-strategy")]
    [InlineData("proxy toxic add db -t half", "half_open")]
    [InlineData("proxy toxic add db -t latency -a ", "latency=", "jitter=")]
    [InlineData("proxy toxic update db -n x -a ra", "rate=")]
    [InlineData("faults kinds clock", "clock.skew")]
    [InlineData("halt --rel", "--release")]
    [InlineData("completion ", "bash", "zsh", "fish", "pwsh")]
    public void It_offers_what_can_stand_there(string line, params string[] expected)
    {
        var offered = Find(line).Words.Select(static candidate => candidate.Word).ToList();
        Assert.Equal(expected, offered.Where(expected.Contains).OrderBy(word => Array.IndexOf(expected, word)));
        Assert.All(offered, word => Assert.StartsWith(line.Split(' ')[^1], word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("run x --strict --str")]
    [InlineData("compl ")]
    [InlineData("run -- --str")]
    [InlineData("complete")]
    [InlineData("frob x ")]
    [InlineData("run x --seed ")]
    public void It_offers_nothing_where_nothing_is_known(string line)
    {
        var (words, files) = Find(line);
        Assert.DoesNotContain(words, static candidate => candidate.Word is "--strict" or "complete");
        Assert.Equal(FileWish.None, files is FileWish.Experiments ? FileWish.None : files);
    }

    [Theory]
    [InlineData("run ", ":json,yaml,yml")]
    [InlineData("run e", ":json,yaml,yml")]
    [InlineData("report x.json ", ":json")]
    [InlineData("compare a.json ", ":json")]
    [InlineData("history ", ":folders")]
    [InlineData("--change-dir ", ":folders")]
    [InlineData("run --var-file ", ":any")]
    [InlineData("run --var-file=x", ":any")]
    [InlineData("run x.json ", ":")]
    [InlineData("halt --timeout ", ":")]
    public void It_says_which_files_can_stand_there(string line, string expected) => Assert.Equal(expected, Find(line).Files.Line());

    [Fact]
    public void Every_kind_of_fault_is_offered_with_what_it_does() => Assert.Equal(
        BuiltInKinds.All.All.Select(static kind => new Candidate(kind.Description.Name, kind.Description.Summary)),
        Find("faults kinds ").Words);

    [Fact]
    public void Every_value_has_words_or_files_or_is_the_persons_own()
    {
        var unknown = Commands(ChaosCommand.Create(Around)).SelectMany(static command =>
            command.Options
                .Where(static option => option.Arity.MaximumNumberOfValues > 0 && FileWishes.Of(option) == FileWish.None
                    && !option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Any())
                .Select(static option => option.HelpName ?? option.Name)
                .Concat(command.Arguments
                    .Where(static argument => FileWishes.Of(argument) == FileWish.None && argument.CompletionSources.Count == 0)
                    .Select(static argument => argument.Name))
                .Where(static name => !Free.Contains(name))
                .Select(name => $"{command.Name} {name}"));
        Assert.Empty(unknown);
    }

    [Fact]
    public async Task The_proxies_of_a_server_are_offered_and_a_server_that_is_not_there_is_no_mistake()
    {
        using var server = new HttpListener();
        var port = FreePort.Next();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        var answering = Task.Run(
            async () =>
            {
                var asked = await server.GetContextAsync();
                var body = """{"db":{"name":"db","upstream":"127.0.0.1:5432"},"web":{"upstream":"127.0.0.1:80"}}"""u8.ToArray();
                await asked.Response.OutputStream.WriteAsync(body);
                asked.Response.Close();
            },
            TestContext.Current.CancellationToken);
        var offered = Find($"proxy inspect --api http://127.0.0.1:{port} ").Words;
        await answering;
        Assert.Equal([new Candidate("db", "to 127.0.0.1:5432"), new Candidate("web", "to 127.0.0.1:80")], offered);
        server.Stop();
        Assert.Empty(Find($"proxy inspect --api http://127.0.0.1:{port} d").Words);
        Assert.Empty(Find("proxy inspect --api nonsense d").Words);
    }

    [Fact]
    public async Task A_shell_is_told_lines_and_no_complaint()
    {
        var (code, said, error) = await CommandLine.ChaosCommandTests.InvokeAsync("complete -- halt --rel");
        Assert.Equal((0, "--release\tLet runs start again.\n:\n", ""), (code, said, error));
        var (wrong, nothing, complaint) = await CommandLine.ChaosCommandTests.InvokeAsync("completion tcsh");
        Assert.Equal(
            (64, "", "chaos: 'tcsh' is no shell that is known here; there are bash, zsh, fish, pwsh\nTry 'chaos completion --help'.\n"),
            (wrong, nothing, complaint));
    }

    private static Offer Find(string line)
    {
        var words = line.Split(' ');
        return new CommandCompletion(ChaosCommand.Create(Around)).Find(words[..^1], words[^1]);
    }

    private static IEnumerable<Command> Commands(Command command) => command.Subcommands.SelectMany(Commands).Prepend(command);
}
