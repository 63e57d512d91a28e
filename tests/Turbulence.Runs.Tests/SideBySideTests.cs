using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs.Tests;

public sealed class SideBySideTests
{
    [Fact]
    public async Task Two_runs_in_one_process_have_each_their_own_folder_environment_and_mark()
    {
        var (folder, environment) = (Environment.CurrentDirectory, Everything());
        using var first = new RunRoom();
        using var second = new RunRoom();
        using var both = new Barrier(2);

        var outcomes = await Task.WhenAll(TellAsync(first, "one", both), TellAsync(second, "two", both));

        Assert.All(outcomes, outcome => Assert.Equal(Verdict.Passed, outcome.Verdict));
        var (one, two) = (File.ReadAllLines(Path.Combine(first.Folder, "told")), File.ReadAllLines(Path.Combine(second.Folder, "told")));
        Assert.Equal([first.Folder, "one", "given"], one[..3]);
        Assert.Equal([second.Folder, "two", "given"], two[..3]);
        Assert.Matches("^[0-9a-f]{32}$", one[3]);
        Assert.Matches("^[0-9a-f]{32}$", two[3]);
        Assert.NotEqual(one[3], two[3]);
        Assert.Equal("one", (string?)first.Read("journal.json")["experiment"]!["title"]);
        Assert.Equal("two", (string?)second.Read("journal.json")["experiment"]!["title"]);
        Assert.Equal(folder, Environment.CurrentDirectory);
        Assert.Equal(environment, Everything());
    }

    // Both are in the middle of their methods at the same time.
    private static async Task<RunOutcome> TellAsync(RunRoom room, string name, Barrier both)
    {
        File.WriteAllText(Path.Combine(room.Folder, "given.env"), "GIVEN=given\n");
        await using var run = await Chaos.Experiment(name)
            .Configuration("who", new JsonObject { ["type"] = "env", ["key"] = "WHO" })
            .SteadyState("It is there", state => state.Probe("there", () => true, true))
            .Method(method => method
                .Action("meet", () => Assert.True(both.SignalAndWait(TimeSpan.FromMinutes(1))))
                .Process("tell", "sh", ["-c", "pwd > told; echo ${who} >> told; echo $GIVEN >> told; echo $TURBULENCE_RUN >> told"])
                .Action("part", () => Assert.True(both.SignalAndWait(TimeSpan.FromMinutes(1)))))
            .PrepareAsync(
                new RunRequest { JournalPath = "journal.json", VariableFiles = ["given.env"] },
                room.Place with { Environment = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["WHO"] = name } });
        return await run.RunAsync(cancellationToken: TestContext.Current.CancellationToken);
    }

    private static List<string> Everything() =>
        [.. Environment
            .GetEnvironmentVariables()
            .Cast<System.Collections.DictionaryEntry>()
            .Select(static entry => $"{entry.Key}={entry.Value}")
            .Order()];
}
