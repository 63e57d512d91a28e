namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>What holds for every kind there is.</summary>
public sealed class EveryKindTests
{
    /// <summary>This kind is over when it was injected: what it hits is back at once.</summary>
    private const string OverAtOnce = "process.restart";

    [Theory]
    [MemberData(nameof(Scene.Kinds), MemberType = typeof(Scene))]
    public async Task A_fault_is_seen_when_it_is_in_and_gone_when_it_was_taken_back(string kind)
    {
        using var room = new Room();
        await using var fault = await Scene.PlayAsync(kind, room);
        await fault.InjectAsync();
        await fault.SeeEffectAsync();
        var isInside = kind.StartsWith("dotnet.", StringComparison.Ordinal);
        Assert.Equal(kind == OverAtOnce, (isInside ? await fault.CheckAtOnceAsync() : await fault.CheckAsync()).Seen);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.True(kind.StartsWith("process.ki", StringComparison.Ordinal) || kind == OverAtOnce || !(await fault.ObserveAsync()).Seen);
    }

    [Theory]
    [MemberData(nameof(Scene.KindsFor), 2, MemberType = typeof(Scene))]
    public async Task A_fault_that_does_nothing_is_not_seen(string kind)
    {
        using var room = new Room();
        await using var fault = await Scene.PlayAsync(kind, room);
        var evidence = await fault.ObserveAsync();
        Assert.False(evidence.Seen, evidence.Text);
    }

    [Theory]
    [MemberData(nameof(Scene.KindsFor), 3, MemberType = typeof(Scene))]
    public async Task Taking_back_what_was_never_injected_changes_nothing(string kind)
    {
        using var room = new Room();
        await using var fault = await Scene.PlayAsync(kind, room);
        var before = Contents(room);
        await fault.SeeItBackAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(before, Contents(room));
    }

    [Theory]
    [MemberData(nameof(Scene.KindsFor), 4, MemberType = typeof(Scene))]
    public async Task Taking_back_twice_is_the_same_as_once(string kind)
    {
        using var room = new Room();
        await using var fault = await Scene.PlayAsync(kind, room);
        var before = Contents(room);
        await fault.InjectAsync();
        await fault.RevertAsync();
        var once = Contents(room);
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(once, Contents(room));
        Assert.Equal(before, once);
    }

    [Theory]
    [MemberData(nameof(Scene.KindsFor), 0, MemberType = typeof(Scene))]
    public async Task Another_process_takes_a_fault_back_from_its_record_alone(string kind)
    {
        using var room = new Room();
        await using var fault = await Scene.PlayAsync(kind, room);
        await fault.InjectAsync();
        await fault.ElsewhereAsync("revert");
        await fault.ElsewhereAsync("check");
        await fault.SeeItBackAsync();
    }

    [Theory]
    [MemberData(nameof(Scene.KindsFor), 1, MemberType = typeof(Scene))]
    public async Task A_runner_that_dies_before_it_writes_down_what_it_did_leaves_nothing_behind(string kind)
    {
        using var room = new Room();
        await using var fault = await Scene.PlayAsync(kind, room);
        var before = Contents(room);
        await fault.ElsewhereAsync("die");
        await fault.SeeEffectAsync();
        await fault.RevertAsync();
        await fault.SeeItBackAsync();
        Assert.Equal(before, Contents(room));
    }

    [Theory]
    [InlineData("process.pause")]
    [InlineData("process.kill")]
    [InlineData("file.missing")]
    [InlineData("stress.threads")]
    public async Task What_cannot_be_looked_at_for_want_of_descriptors_is_not_called_gone(string kind)
    {
        using var room = new Room();
        await using var fault = await Scene.PlayAsync(kind, room);
        await fault.InjectAsync();
        var said = (await fault.ElsewhereAsync("starved")).Split('|');
        Assert.Equal("starved", said[0]);

        // Renaming a file and looking at it needs no descriptor but the one for the folder's flush; nothing else is possible then.
        Assert.Contains("Too many open files", said[1], StringComparison.Ordinal);
        if (kind != "file.missing")
        {
            Assert.Contains("Too many open files", said[2], StringComparison.Ordinal);
            Assert.False((await fault.CheckAsync()).Seen);
        }

        await fault.RevertAsync();
        await fault.SeeItBackAsync();
    }

    [Theory]
    [MemberData(nameof(Scene.Kinds), MemberType = typeof(Scene))]
    public async Task An_argument_that_is_not_known_is_refused(string kind) =>
        Assert.Contains("'colour'", await FaultCase.RefusalAsync(kind, new() { ["colour"] = "red" }), StringComparison.Ordinal);

    /// <summary>
    /// The files, with what makes them what they are, and how many processes there are. A hosts file is written anew, and has its own time.
    /// </summary>
    private static string Contents(Room room) => string.Join(
        '\n',
        new DirectoryInfo(room.Path).EnumerateFiles().OrderBy(file => file.Name, StringComparer.Ordinal)
            .Where(file => !file.Name.Contains(".pid", StringComparison.Ordinal))
            .Select(
                file =>
                    $"{file.Name} {file.UnixFileMode} {(file.Name == "hosts" ? default : file.LastWriteTimeUtc):O} {File.ReadAllText(file.FullName)}")
            .Append($"{room.Processes.Count} processes")
            .Append(Network.NetworkScene.Toxics(room)));
}
