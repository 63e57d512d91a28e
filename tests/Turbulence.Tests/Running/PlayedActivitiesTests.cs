using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Journals;

namespace Turbulence.Tests.Running;

/// <summary>What activities returned is on disk, and not held in memory until the last of them ends.</summary>
[Collection(nameof(AloneInTheProcess))]
public sealed class PlayedActivitiesTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_activities_in_the_background_returned_is_not_held_until_the_last_ends(bool well)
    {
        const int count = 8;
        const int bytes = 5_000_000;
        const long most = (long)count * bytes / 2;
        using var folder = new TemporaryFolder();
        using var journal = new JournalWriter(folder["journal.json"], new JournalHead("1"), TimeProvider.System);
        var run = new TestRun { Keeps = false };
        run.Observers.Add(journal);
        var returned = new ConcurrentBag<WeakReference>();
        run.Action("last", new JsonObject { ["background"] = true });
        for (var i = 0; i < count; i++)
        {
            run.Action($"a{i}", new JsonObject { ["background"] = true });
            run.Provider.On($"a{i}", _ =>
            {
                var output = new string('x', bytes);
                returned.Add(new WeakReference(output));
                return ValueTask.FromResult(well ? ActivityResult.Succeeded(output) : ActivityResult.WithoutEffect("nothing", output));
            });
        }

        var before = Memory();
        var alive = 0;
        long held = 0;
        var ended = 0;
        run.OnEvent = happened => ended += happened is Turbulence.Events.ActivityEnded ? 1 : 0;
        run.Provider.On("last", async token =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(Deadline);
            while (Volatile.Read(ref ended) < count)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
            }

            // Those that have just ended are still on their way into the journal; the last one to end is this, so nothing but their own way
            // has to be waited for.
            do
            {
                held = Memory() - before;
                alive = returned.Count(output => output.IsAlive);
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, limit.Token);
            }
            while (held > most || alive > 1);
            return ActivityResult.Succeeded(null);
        });
        await run.RunAsync();
        Assert.Equal(count + 1, ended);
        Assert.InRange(alive, 0, 1);
        Assert.InRange(held, long.MinValue, most);
        Assert.InRange(new FileInfo(folder["journal.json"]).Length, (long)count * bytes, long.MaxValue);
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);
}
