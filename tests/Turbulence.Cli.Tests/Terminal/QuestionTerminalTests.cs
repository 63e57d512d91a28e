using System.Collections;
using System.Text;
using Turbulence.Cli.Tests.Verbs;
using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Tests.Terminal;

/// <summary>The questions on a real terminal, which Python's <c>pty</c> lends: keys go in as a keyboard sends them.</summary>
public sealed class QuestionTerminalTests : IDisposable
{
    // Types each key when its question stands on the screen, and prints the screen and then the exit code.
    private const string Typist = """
        import codecs, os, pty, select, sys
        steps = list(zip(sys.argv[1:-1:2], sys.argv[2:-1:2]))
        child, terminal = pty.fork()
        if child == 0:
            if "COLUMNS_OF_THE_TERMINAL" in os.environ:
                import fcntl, struct, termios
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, int(os.environ["COLUMNS_OF_THE_TERMINAL"]), 0, 0))
            os.execv(sys.argv[-1], [sys.argv[-1], "--no-log-file", "init"])
        screen = ""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        seen = 0
        last = ""
        while True:
            # Between two keys the terminal may take Ctrl-D for itself, as the end of a line: then it is pressed again, as people do.
            if last == "\x04" and not select.select([terminal], [], [], 2)[0]:
                os.write(terminal, last.encode())
                continue
            try:
                part = os.read(terminal, 65536)
            except OSError:
                break
            if not part:
                break
            screen += decoder.decode(part)
            while steps and steps[0][0] in screen[seen:]:
                seen = screen.index(steps[0][0], seen) + len(steps[0][0])
                last = steps.pop(0)[1]
                os.write(terminal, last.encode())
        print(screen)
        print("exit", os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
        """;

    private const string Enter = "\r";
    private const string ControlC = "\u0003";
    private const string ControlD = "\u0004";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder folder = new();
    private int? columns;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Title (", ControlC)]
    [InlineData("Title (", ControlD)]
    [InlineData("Title (", "日本語", "日本語", ControlD)]
    [InlineData("Title (", Enter, "Description (", Enter, "Describe a steady state?", ControlD)]
    [InlineData("Title (", "My experi", "My experi", ControlC)]
    [InlineData("Title (", Enter, "Description (", Enter, "Describe a steady state?", ControlC)]
    [InlineData("Title (", Enter, "Description (", Enter, "Describe a steady state?", Enter, "Its title", Enter, "A command", ControlC)]
    public async Task Control_C_leaves_nothing_behind_and_no_stack_trace(params string[] steps)
    {
        var said = await TypeAsync(steps);
        Assert.EndsWith("exit 4", said.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("WARNING] Nothing was written", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Equal([folder["typist.py"]], Directory.EnumerateFiles(folder.Path));

        // A list hides the cursor; a shell without one is a broken terminal.
        Assert.True(said.LastIndexOf("\e[?25l", StringComparison.Ordinal) <= said.LastIndexOf("\e[?25h", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task A_terminal_that_is_too_narrow_for_a_character_can_still_be_left(int columns)
    {
        this.columns = columns;
        var said = await TypeAsync("(", "日本語のとても長い題名", "名", ControlC);
        Assert.EndsWith("exit 4", said.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_experiment_is_made_with_the_keys_of_a_keyboard()
    {
        var said = await TypeAsync(
            "Title (", "Né ✓" + Enter, "Description (", Enter, "Describe a steady state?", "y" + Enter, "Its title", Enter,
            "A command", "\e[B" + Enter, "Command:", "ls" + Enter, "Expected exit code", Enter, "Its name", Enter, "Nothing more", Enter,
            "Do something", "n" + Enter, "Put something back?", "n" + Enter);
        Assert.EndsWith("exit 0", said.TrimEnd(), StringComparison.Ordinal);
        var written = await File.ReadAllTextAsync(folder["experiment.json"], TestContext.Current.CancellationToken);
        Assert.Contains("\"title\": \"Né ✓\"", written, StringComparison.Ordinal);
        Assert.Contains("\"path\": \"ls\"", written, StringComparison.Ordinal);
    }

    private async Task<string> TypeAsync(params string[] steps)
    {
        Needs.That(!OperatingSystem.IsWindows(), "Python has no pseudo-terminals there");
        var environment = Environment
            .GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
        foreach (var (name, value) in (IEnumerable<(string, string)>)
            [("TERM", "xterm-256color"), ("CI", ""), ("NO_COLOR", "1"), ("HOME", folder.Path), ("PYTHONIOENCODING", "utf-8"), ("LC_ALL", "C.UTF-8")])
        {
            environment[name] = value;
        }

        if (columns is { } narrow)
        {
            environment["COLUMNS_OF_THE_TERMINAL"] = $"{narrow}";
        }

        var options = new ProcessStartOptions
        {
            FileName = Needs.PythonProgram(),
            Arguments = [folder.Write("typist.py", Typist), .. steps, StartedCommand.Program],
            WorkingDirectory = folder.Path,
            Environment = environment,
            StandardOutput = ChildOutput.Capture(1 << 20),
        };
        using var limit = new CancellationTokenSource(Patience, TimeProvider.System);
        Assert.True(ChildProcess.TryStart(options, out var typist, out var failure), failure?.Message);
        await using (typist)
        {
            await typist.WaitForExitAsync(limit.Token);
            return Encoding.UTF8.GetString((await typist.ReadOutputAsync(TimeProvider.System, limit.Token)).StandardOutput.Bytes.Span);
        }
    }
}
