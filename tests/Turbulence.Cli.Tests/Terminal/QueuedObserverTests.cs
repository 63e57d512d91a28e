using Microsoft.Extensions.Time.Testing;
using Turbulence.Cli.Terminal;
using Turbulence.Running;
using Turbulence.Running.Events;

namespace Turbulence.Cli.Tests.Terminal;

public sealed class QueuedObserverTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Everything_comes_through_in_its_order()
    {
        var seen = new List<string>();
        await using (var queue = new QueuedObserver(new Ear(seen.Add), TimeProvider.System, TimeSpan.FromMinutes(1), Unexpected))
        {
            for (var i = 0; i < 1000; i++)
            {
                queue.On(Line($"{i}"));
            }
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), seen);
    }

    [Fact]
    public async Task An_output_that_throws_is_dropped_and_told_once()
    {
        var problems = new List<Exception>();
        var attempts = 0;
        await using (var queue = new QueuedObserver(
            new Ear(_ =>
            {
                attempts++;
                throw new IOException("Broken pipe");
            }),
            TimeProvider.System,
            TimeSpan.FromMinutes(1),
            problems.Add))
        {
            queue.On(Line("one"));
            queue.On(Line("two"));
        }

        Assert.Equal(1, attempts);
        Assert.Equal("Broken pipe", Assert.Single(problems).Message);
    }

    [Fact]
    public async Task An_output_that_blocks_holds_up_neither_the_run_nor_its_end()
    {
        using var reader = new ManualResetEventSlim();
        var time = new FakeTimeProvider();
        var queue = new QueuedObserver(new Ear(_ => reader.Wait()), time, Patience, Unexpected);
        queue.On(Line("one"));
        queue.On(Line("two"));
        var end = queue.DisposeAsync().AsTask();
        Assert.False(end.IsCompleted);
        time.Advance(Patience);
        await end.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        reader.Set();
    }

    private static Notice Line(string text) => new(RecordedRun.Begin, NoticeLevel.Information, text);

    private static void Unexpected(Exception problem) => Assert.Fail(problem.ToString());

    private sealed class Ear(Action<string> hear) : IRunObserver
    {
        public void On(RunEvent happened) => hear(((Notice)happened).Text);
    }
}
