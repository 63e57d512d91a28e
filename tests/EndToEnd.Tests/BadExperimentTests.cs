namespace EndToEnd.Tests;

/// <summary>What is not an experiment is told in clear lines, and nothing is run.</summary>
public sealed class BadExperimentTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Fact]
    public async Task Six_mistakes_are_six_problems_with_their_lines()
    {
        room.Write("bad.json", """
            {
              "description": "no title",
              "steady-state-hypothesis": {
                "title": "h",
                "probes": [
                  { "type": "probe", "name": "p", "provider": { "type": "process", "path": "true" } }
                ]
              },
              "method": [
                { "type": "actoin", "name": "a", "provider": { "type": "process", "path": "touch", "arguments": ["ran"] } },
                { "type": "action", "name": "b", "provider": { "type": "pigeon" } },
                { "type": "action", "name": "c", "provider": { "type": "http" } },
                { "ref": "nobody" }
              ]
            }
            """);
        foreach (var verb in new[] { "run", "validate" })
        {
            var end = await ChaosRun.RunAsync(room, verb, "bad.json");
            Assert.Equal(64, end.ExitCode);
            var problems = end.Lines.Where(line => line.Contains(": error: ", StringComparison.Ordinal)).ToList();
            Assert.Equal(6, problems.Count);
            foreach (var line in new[] { 1, 6, 10, 11, 12, 13 })
            {
                Assert.Contains(problems, problem => problem.StartsWith($"bad.json:{line}:", StringComparison.Ordinal));
            }

            Assert.False(File.Exists(room.File("ran")));
            Assert.False(File.Exists(room.File("journal.json")));
        }
    }

    [Theory]
    [InlineData("garbage.json", "\u0001\u0002 not json", "garbage.json")]
    [InlineData("empty.json", "", "an empty experiment is not an experiment")]
    [InlineData("empty.yaml", "", "an empty experiment is not an experiment")]
    [InlineData("list.json", "[1]", "list.json")]
    [InlineData("broken.yaml", "a: [1", "broken.yaml")]
    [InlineData("notes.txt", "hello", "only files with json, yaml or yml extensions are supported")]
    public async Task What_is_no_experiment_is_one_clear_line(string name, string text, string said)
    {
        room.Write(name, text);
        await IsOneLineAsync(name, said);
    }

    [Fact]
    public Task A_missing_file_is_one_clear_line() => IsOneLineAsync("nowhere.json", "Path \"nowhere.json\" does not exist.");

    [Fact]
    public Task A_folder_is_one_clear_line() => IsOneLineAsync(".", "folder", "directory");

    [Fact]
    public async Task Deep_nesting_is_one_clear_line()
    {
        room.Write("deep.json", new string('[', 100_000));
        await IsOneLineAsync("deep.json", "nest", "deep");
        room.Write("deep.yaml", new string('[', 100_000));
        await IsOneLineAsync("deep.yaml", "nest", "deep");
    }

    [Fact]
    public async Task A_huge_file_is_one_clear_line()
    {
        await using (var file = File.Create(room.File("huge.json")))
        {
            // Sparse: it takes no space, and no time to make.
            file.SetLength(8L << 30);
        }

        await IsOneLineAsync("huge.json", "large", "MiB", "bytes");
    }

    private async Task IsOneLineAsync(string source, params string[] oneOf)
    {
        var end = await ChaosRun.RunAsync(room, "--no-log-file", "validate", source);
        Assert.Equal(64, end.ExitCode);
        var line = Assert.Single(end.Lines, line => line.Contains("error", StringComparison.OrdinalIgnoreCase)
            && !line.EndsWith("nothing was run", StringComparison.Ordinal));
        Assert.Contains(oneOf, word => line.Contains(word, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", end.Said, StringComparison.Ordinal);
    }
}
