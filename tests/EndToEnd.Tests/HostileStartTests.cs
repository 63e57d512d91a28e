using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace EndToEnd.Tests;

/// <summary>The command started by somebody who took something away from it.</summary>
public sealed class HostileStartTests : IDisposable
{
    private const int FileSizeSignal = 25;

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [GateData("<&-")]
    [InlineData(">&-")]
    [GateData("2>&-")]
    [GateData("<&- >&-")]
    [InlineData("<&- 2>&-")]
    [GateData(">&- 2>&-")]
    [InlineData("<&- >&- 2>&-")]
    public async Task Closed_standard_files_are_replaced_before_anything_is_printed_into_what_took_their_place(string closed)
    {
        var file = room.Write("e.json", """
            { "title": "t", "description": "d",
              "method": [{ "type": "action", "name": "look", "provider": { "type": "process", "path": "sh",
                           "arguments": ["-c", "for n in 0 1 2; do readlink /proc/$PPID/fd/$n; done"] } }] }
            """);

        await using var run = ChaosRun.StartProgram("/bin/sh", room, "-c", $"exec '{BuiltPrograms.Chaos}' run {file} {closed}");
        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 0, end.Said);
        var files = room.Journal()["run"]![0]!["output"]!["stdout"]!.GetValue<string>().Split('\n');
        for (var number = 0; number <= 2; number++)
        {
            if (closed.Contains(number switch { 0 => "<&-", 1 => " >&-", _ => "2>&-" }, StringComparison.Ordinal)
                || (number == 1 && closed.StartsWith(">&-", StringComparison.Ordinal)))
            {
                Assert.Equal("/dev/null", files[number]);
            }
            else
            {
                Assert.Equal(number == 0 ? "/dev/null" : "pipe:", files[number][..Math.Min(files[number].Length, number == 0 ? 9 : 5)]);
            }
        }
    }

    [Fact]
    public async Task A_limit_of_file_sizes_is_an_error_and_neither_the_end_of_the_run_nor_of_its_rollbacks()
    {
        var file = room.Write("e.json", """
            { "title": "t", "description": "d",
              "method": [{ "type": "action", "name": "much", "provider": { "type": "process", "path": "sh",
                           "arguments": ["-c", "head -c 200000 /dev/zero | tr '\\0' x; grep SigIgn /proc/self/status >&2"] } }],
              "rollbacks": [{ "type": "action", "name": "back", "provider": { "type": "process", "path": "touch", "arguments": ["rolled-back"] } }] }
            """);

        // The JIT's code would stand in a file in memory, which the limit counts, too; the native program has none.
        await using var run = ChaosRun.StartProgram(
            "/bin/sh", room, "-c", $"export DOTNET_EnableWriteXorExecute=0; ulimit -f 64; exec '{BuiltPrograms.Chaos}' run {file}");
        var end = await run.EndAsync();

        Assert.Null(end.Status.Signal);
        Assert.True(File.Exists(room.File("rolled-back")), end.Said);
        Assert.Contains("Verdict: ", end.Said, StringComparison.Ordinal);
        Assert.Contains("because the journal is not complete: ", end.Said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(room.Path, "*.partial"));
    }

    [Fact]
    public async Task Nothing_is_put_in_whose_record_is_larger_than_a_file_may_be_and_the_reason_is_the_files()
    {
        room.Write("data.txt", "as it was\n");
        var file = room.Write("e.json", $$"""
            { "title": "t", "description": "d",
              "method": [{ "type": "action", "name": "{{new string('n', 100_000)}}",
                           "provider": { "type": "fault", "kind": "file.missing", "arguments": { "path": "data.txt" } } }] }
            """);

        await using var run = ChaosRun.StartProgram(
            "/bin/sh", room, "-c", $"export DOTNET_EnableWriteXorExecute=0; ulimit -f 64; exec '{BuiltPrograms.Chaos}' run {file}");
        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 2, end.Said);
        Assert.Contains("the file would be larger than the system allows (EFBIG)", end.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("Parameter '", end.Said, StringComparison.Ordinal);
        Assert.Equal("as it was\n", File.ReadAllText(room.File("data.txt")));
        Assert.Empty(Directory.GetFiles(Path.Combine(room.State, "faults")));
    }

    [Fact]
    public async Task Lines_that_go_to_a_file_which_may_grow_no_further_end_there_and_the_run_goes_on()
    {
        var file = room.Write("e.json", $$"""
            { "title": "t", "description": "d",
              "method": [{ "type": "action", "name": "{{new string('n', 100_000)}}", "provider": { "type": "process", "path": "true" } },
                         { "type": "action", "name": "last", "provider": { "type": "process", "path": "touch", "arguments": ["reached"] } }] }
            """);

        await using var run = ChaosRun.StartProgram(
            "/bin/sh",
            room,
            "-c",
            $"export DOTNET_EnableWriteXorExecute=0; ulimit -f 64; exec '{BuiltPrograms.Chaos}' run {file} > lines.txt");
        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 2, $"{end.ExitCode}: {end.Said}");
        Assert.True(File.Exists(room.File("reached")));
        Assert.DoesNotContain("   at ", end.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Children_have_the_signal_of_file_sizes_as_it_is_for_everybody()
    {
        var file = room.Write("e.json", """
            { "title": "t", "description": "d",
              "method": [{ "type": "action", "name": "look", "provider": { "type": "process", "path": "sh", "arguments": ["-c", "grep SigIgn /proc/self/status"] } }] }
            """);

        var end = await ChaosRun.RunAsync(room, "run", file);

        Assert.True(end.ExitCode == 0, end.Said);
        var ignored = room.Journal()["run"]![0]!["output"]!["stdout"]!.GetValue<string>().Split('\t')[1].Trim();
        Assert.Equal(0ul, ulong.Parse(ignored, NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1ul << (FileSizeSignal - 1)));
    }

    [Theory]
    [InlineData("run", 64)]
    [InlineData("validate", 64)]
    [InlineData("plan", 64)]
    [InlineData("init", 64)]
    public async Task From_a_deleted_folder_nothing_is_begun_and_the_reason_is_one_line(string verb, int exitCode)
    {
        var file = room.Write("e.json", """{ "title": "t", "description": "d", "method": [] }""");
        Directory.CreateDirectory(room.File("gone"));

        await using var run = ChaosRun.StartProgram(
            "/bin/sh",
            room,
            "-c",
            $"cd gone; rmdir ../gone; exec '{BuiltPrograms.Chaos}' {verb} {(verb == "init" ? "" : room.File(file))}");
        var end = await run.EndAsync();

        Assert.Equal(exitCode, end.ExitCode);
        Assert.Contains("The folder that this command was started in is not there any more", end.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("log file", end.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", end.Said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("halt && exec '{0}' halt --release")]
    [InlineData("faults list")]
    [InlineData("--change-dir .. run ../e.json")]
    public async Task What_needs_no_folder_works_from_a_deleted_one(string command)
    {
        room.Write("e.json", """{ "title": "t", "description": "d", "method": [] }""");
        Directory.CreateDirectory(room.File("gone"));
        var words = command
            .Replace("{0}", BuiltPrograms.Chaos, StringComparison.Ordinal)
            .Replace("--change-dir .. run ../", $"--change-dir {room.Path} run ", StringComparison.Ordinal);

        await using var run = ChaosRun.StartProgram("/bin/sh", room, "-c", $"cd gone; rmdir ../gone; '{BuiltPrograms.Chaos}' {words}");
        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 0, end.Said);
        Assert.DoesNotContain("log file", end.Said, StringComparison.Ordinal);
    }

    /// <summary>Limits that are too low for the program; native code needs fewer files than the JIT.</summary>
    public static TheoryData<int> TooFewFiles { get; } = BuiltProgram.IsNative ? [8, 12, 15] : [40, 64, 100];

    [Theory]
    [MemberData(nameof(TooFewFiles))]
    public async Task With_too_few_open_files_nothing_is_begun_and_the_reason_is_one_line(int files)
    {
        Needs.That(OperatingSystem.IsLinux(), "only Linux is asked for the limit");
        var file = room.Write("e.json", """{ "title": "t", "description": "d", "method": [] }""");

        await using var run = ChaosRun.StartProgram("/bin/sh", room, "-c", $"ulimit -n {files}; exec '{BuiltPrograms.Chaos}' run {file}");
        var end = await run.EndAsync();

        Assert.Equal((2, ""), (end.ExitCode, end.Output));
        Assert.Equal(
            $"chaos: this process may have only {files} files open at once (ulimit -n), and needs {(BuiltProgram.IsNative ? 16 : 128)}; nothing was begun",
            Assert.Single(end.Lines));
        Assert.False(File.Exists(room.File("journal.json")));
    }

    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task A_load_that_takes_all_open_files_leaves_some_to_the_program_which_would_end_without_a_word(string scheme)
    {
        Needs.That(OperatingSystem.IsLinux(), "only Linux is asked for the limit");
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(4096);

        await using var run = ChaosRun.StartProgram(
            "/bin/sh",
            room,
            "-c",
            $"ulimit -n 200; exec '{BuiltPrograms.Chaos}' load {scheme}://{silent.LocalEndpoint}/ --rate 2000 --duration 1 --timeout 1 --output json");
        var end = await run.EndAsync();

        Assert.True(end.ExitCode == 3, end.Said);
        var outcomes = JsonNode.Parse(end.Output)!["outcomes"]!;
        Assert.InRange((int)outcomes["never_sent"]!, 1, 2000);
        Assert.Equal(2000, outcomes.AsObject().Sum(static one => (int)one.Value!));
    }
}
