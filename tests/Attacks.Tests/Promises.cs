namespace Attacks.Tests;

/// <summary>What holds after every attack: the exit code says what the journal says, and nothing of the run is left.</summary>
internal static class Promises
{
    /// <summary>Every exit code that the command has.</summary>
    public static readonly int[] Known = [0, 1, 2, 3, 4, 5, 64];

    /// <summary>
    /// Fails unless <paramref name="end"/> is one of <paramref name="codes"/> (any of ours when there are none) and the run kept what is
    /// promised.
    /// </summary>
    public static void AreKept(Room room, ChaosEnd end, params int[] codes)
    {
        IsToldForPeople(end, codes);
        if (File.Exists(room.File("journal.json")))
        {
            var ours = room.Journal()["turbulence"]!;
            Assert.Equal("ended", (string?)ours["state"]);
            Assert.Equal(end.ExitCode, (int?)ours["exit_code"]);
        }

        Assert.Equal(end.ExitCode == 0, end.Said.Contains("Verdict: passed", StringComparison.Ordinal));
        NothingIsLeft(room, end);
    }

    /// <summary>
    /// Fails unless <paramref name="end"/> is one of <paramref name="codes"/> and says why in words, not in a stack trace.
    /// </summary>
    public static void IsToldForPeople(ChaosEnd end, params int[] codes)
    {
        Assert.True((codes.Length == 0 ? Known : codes).Contains(end.ExitCode), $"exit code {end.ExitCode}:\n{end.Said}");
        foreach (var trace in (string[])["   at ", "Unhandled exception", "internal error", "NullReferenceException"])
        {
            Assert.DoesNotContain(trace, end.Said, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>Fails when a process, something half written or the record of a fault is left, unless the exit code says so.</summary>
    public static void NothingIsLeft(Room room, ChaosEnd end)
    {
        Assert.Empty(room.Processes());
        Assert.DoesNotContain(Directory.GetFiles(room.Path), file => file.EndsWith(".partial", StringComparison.Ordinal)
            || file.EndsWith(".new", StringComparison.Ordinal));
        if (end.ExitCode != 5 && Directory.Exists(Path.Combine(room.State, "faults")))
        {
            Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(room.State, "faults")));
        }
    }

    /// <summary>Fails when <paramref name="secret"/> stands in anything that was told or written but <paramref name="sources"/>.</summary>
    public static void IsNotTold(Room room, ChaosEnd end, string secret, params string[] sources)
    {
        Assert.DoesNotContain(secret, end.Said, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(room.Path).Where(file => !sources.Contains(Path.GetFileName(file))))
        {
            Assert.False(File.ReadAllText(file).Contains(secret, StringComparison.Ordinal), $"{Path.GetFileName(file)} tells it");
        }
    }
}
