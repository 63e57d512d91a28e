using System.Diagnostics;
using Turbulence.Live.Feeds;

namespace Turbulence.Live.Tests.Feeds;

/// <summary>What is seen of a journal that somebody else writes.</summary>
public sealed class JournalFollowerTests : IDisposable
{
    private const string Begin = """{"at":0,"event":"run-started","run":"mine"}""";
    private const string End = """{"at":9,"event":"run-ended","status":"completed","verdict":"passed","exit_code":0}""";

    private readonly TemporaryFolder folder = new();
    private readonly RunFeed feed = new(TimeProvider.System);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Each_line_is_shown_once_however_often_the_journal_is_written()
    {
        Write(Begin);
        var following = FollowAsync("mine", static () => false);
        await Eventually.HoldsAsync(() => feed.Count == 2);

        Write(Begin, Line.Text(Line.Probe(1).Text));
        await Eventually.HoldsAsync(() => feed.Count == 3);
        Write(Begin, Line.Text(Line.Probe(1).Text), Line.Text(Line.Fault(2).Text), End);

        Assert.True(await following);
        Assert.Equal(
            ["""{"event":"head","title":"A title"}""", Begin, Line.Text(Line.Probe(1).Text), Line.Text(Line.Fault(2).Text), End],
            feed.Read(0, int.MaxValue).Lines.Select(Line.Text));
    }

    [Fact]
    public async Task What_an_earlier_run_has_left_at_that_path_is_not_shown()
    {
        Write("""{"at":0,"event":"run-started","run":"earlier"}""", End);
        var looks = 0;
        var following = FollowAsync("mine", () => ++looks > 100);
        await Eventually.HoldsAsync(() => looks > 1);
        Assert.Equal(0, feed.Count);

        Write(Begin, End);
        Assert.True(await following);
        Assert.Equal(3, feed.Count);
    }

    [Fact]
    public async Task A_run_that_is_gone_without_an_end_is_said_to_be()
    {
        Write(Begin, Line.Text(Line.Probe(1).Text));
        Assert.False(await FollowAsync("mine", static () => true));
        Assert.Equal(3, feed.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"turbulence":{"timeline":{}}}""")]
    [InlineData("""{"turbulence":{"timeline":[1,"x",null,{"at":1}]},"experiment":[]}""")]
    [InlineData("""{"turbulence":{"timeline":[{"at":0,"event":"run-started","run":"mine"}""")]
    public async Task What_is_no_whole_journal_shows_nothing_and_is_no_trouble(string text)
    {
        File.WriteAllText(folder["journal.json"], text);
        Assert.False(await FollowAsync("mine", static () => true));
    }

    [Fact]
    public async Task A_journal_that_is_not_there_yet_is_waited_for()
    {
        var following = FollowAsync(null, static () => false);
        Write(Begin, End);
        Assert.True(await following);
    }

    [Fact]
    public async Task A_pipe_in_its_place_is_not_waited_for()
    {
        Needs.That(OperatingSystem.IsLinux(), "it is told what a path names");
        using var making = Process.Start("mkfifo", [folder["journal.json"]]);
        await making.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.False(await FollowAsync("mine", static () => true));
    }

    [Fact]
    public async Task A_run_and_its_end_are_known_whatever_blanks_stand_in_the_journal()
    {
        Write(Begin.Replace(":", " : ", StringComparison.Ordinal), End.Replace(":", ": ", StringComparison.Ordinal));
        Assert.True(await FollowAsync("mine", static () => false));
    }

    [Theory]
    [InlineData("""{"at":1,"event":"run-interrupted","message":"m"}""", true)]
    [InlineData("""{"at":1,"event":"notice","of":{"event":"run-interrupted"},"text":"\"event\":\"run-interrupted\""}""", false)]
    public async Task Whether_the_run_was_asked_to_stop_is_what_it_says_itself(string line, bool isHalting)
    {
        Write(Begin, line);
        var follower = new JournalFollower(folder["journal.json"], "mine", feed, TimeProvider.System);
        Assert.False(await follower.FollowAsync(static () => true, TestContext.Current.CancellationToken));
        Assert.Equal(isHalting, follower.IsHalting);
    }

    [Fact]
    public async Task What_was_indented_anew_is_one_line_all_the_same()
    {
        Write(Begin.Replace(",", ",\n  ", StringComparison.Ordinal), End);
        Assert.True(await FollowAsync(null, static () => false));
        Assert.All(feed.Read(0, int.MaxValue).Lines, static line => Assert.DoesNotContain((byte)'\n', line));
    }

    private Task<bool> FollowAsync(string? run, Func<bool> isGone) =>
        new JournalFollower(folder["journal.json"], run, feed, TimeProvider.System).FollowAsync(isGone, TestContext.Current.CancellationToken);

    // As a journal is: whoever reads has all of one or all of another.
    private void Write(params string[] lines)
    {
        var text = """{"experiment":{"title":"A title","method":[{"name":"x"}]},"turbulence":{"seed":1,"timeline":["""
            + string.Join(",", lines) + "]}}";
        File.WriteAllText(folder["next"], text);
        File.Move(folder["next"], folder["journal.json"], overwrite: true);
    }
}
