using System.Text.Json.Nodes;
using Turbulence.Hosts.Python;

namespace Turbulence.Conformance.Tests;

/// <summary>Runs a case in one mode and holds everything that came of it against what is expected.</summary>
internal static class CaseCheck
{
    private static readonly string[] Known =
        ["exit", "all", "lines", "no_lines", "out", "journal", "invoked", "requests", "present_files", "absent_files", "texts", "hidden"];

    private static readonly PythonRuntime Python = new();

    /// <summary>
    /// The rows of a section: one a case and mode. Without the gate every third case that needs a process of its own, or Python, is played,
    /// in turn in one of its modes.
    /// </summary>
    public static IEnumerable<TheoryDataRow<string, string>> Rows(string section)
    {
        var programs = 0;
        foreach (var found in Case.Of(section))
        {
            string[] modes = [.. found.Modes];
            var number = found.NeedsProcess || found.NeedsPython ? programs++ : -1;
            foreach (var mode in modes)
            {
                yield return new TheoryDataRow<string, string>(found.Name, mode)
                {
                    TestDisplayName = $"{found.Section} {found.Name} ({mode}): {found.Says}",
                    Skip = number < 0 || (number % 3 == 0 && mode == modes[number / 3 % modes.Length]) || Share.IsAll ? null : Share.Rest,
                };
            }
        }
    }

    /// <summary>Runs the case.</summary>
    public static async Task HoldsAsync(string name, string mode)
    {
        Needs.That(!OperatingSystem.IsWindows(), "the cases use a shell");
        var found = Case.Find(name);
        var expected = found.Expected(mode);
        Assert.True(expected.ContainsKey("exit"), $"{name} does not say the exit code");
        Assert.All(expected, key => Assert.Contains(key.Key, Known));
        if (found.NeedsPython)
        {
            var search = await Python.FindAsync(TestContext.Current.CancellationToken);
            Needs.That(search.IsFound, Needs.Python);
        }

        using var room = new CaseRoom(found);
        var command = await Command.RunAsync(found, room, mode);
        var said = ConsoleLines.Of(command.Error);
        Assert.True(
            (int)expected["exit"]! == command.ExitCode, $"exit code {command.ExitCode}, expected {expected["exit"]}\n{command.Error}");
        CheckLines(expected, said, room);
        if (expected["out"] is JsonArray output)
        {
            ConsoleLines.Equal(ConsoleLines.Of(command.Output), Texts(output, room));
        }

        CheckFiles(expected, room);
        CheckJournal(expected, room);
        foreach (var secret in Texts(expected["hidden"], room))
        {
            Assert.DoesNotContain(secret, command.Error, StringComparison.Ordinal);
            Assert.All(
                new[] { "journal.json", "chaostoolkit.log" }.Select(file => room[file]).Where(File.Exists),
                file => Assert.DoesNotContain(secret, File.ReadAllText(file), StringComparison.Ordinal));
        }
    }

    private static void CheckLines(JsonObject expected, IReadOnlyList<string> said, CaseRoom room)
    {
        if ((bool?)expected["all"] == true)
        {
            ConsoleLines.Equal(said, Texts(expected["lines"], room));
        }

        ConsoleLines.Contain(said, Texts(expected["lines"], room));
        foreach (var line in Texts(expected["no_lines"], room))
        {
            Assert.DoesNotContain(said, spoken => ConsoleLines.IsLike(spoken, line));
        }
    }

    private static void CheckFiles(JsonObject expected, CaseRoom room)
    {
        if (expected["invoked"] is JsonArray invoked)
        {
            Assert.Equal(Texts(invoked, room), File.Exists(room["invoked"]) ? File.ReadAllLines(room["invoked"]) : []);
        }

        if (expected["requests"] is JsonArray requests)
        {
            ConsoleLines.Equal(room.Requests, Texts(requests, room));
        }

        Assert.All(Texts(expected["present_files"], room), file => Assert.True(File.Exists(room[file]), $"{file} is missing"));
        Assert.All(Texts(expected["absent_files"], room), file => Assert.False(File.Exists(room[file]), $"{file} is there"));
        foreach (var (file, text) in expected["texts"] as JsonObject ?? [])
        {
            Assert.Contains(room.Replace($"{text}"), File.ReadAllText(room[file]), StringComparison.Ordinal);
        }
    }

    private static void CheckJournal(JsonObject expected, CaseRoom room)
    {
        CheckEvents(room["journal.json"]);
        if (expected["journal"] is JsonObject paths)
        {
            var wanted = JsonNode.Parse(room.Replace(paths.ToJsonString()))!.AsObject();
            JournalCheck.Holds(JsonNode.Parse(File.ReadAllText(room["journal.json"]))!, wanted);
        }
    }

    // Of every run of a case, whatever the case is about. A case may be about a file that is no journal.
    private static void CheckEvents(string file)
    {
        if (File.Exists(file) && JsonNode.Parse(File.ReadAllText(file)) is JsonObject journal)
        {
            EventSchema.Holds((journal["turbulence"] as JsonObject)?["timeline"] as JsonArray ?? []);
        }
    }

    private static List<string> Texts(JsonNode? list, CaseRoom room) =>
        [.. (list as JsonArray ?? []).Select(item => room.Replace($"{item}"))];
}
