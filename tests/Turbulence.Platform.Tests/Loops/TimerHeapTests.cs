using CsCheck;
using Turbulence.Platform.Loops;

namespace Turbulence.Platform.Tests.Loops;

public sealed class TimerHeapTests
{
    [Fact]
    public void The_next_one_is_always_the_earliest_that_is_set()
    {
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 50], Gen.Bool).List[1, 200].Sample(steps =>
        {
            var heap = new TimerHeap();
            var timers = Enumerable.Range(0, 20).Select(_ => new LoopTimer(() => { })).ToArray();
            var set = new Dictionary<LoopTimer, long>();
            foreach (var (which, due, isSet) in steps)
            {
                if (isSet)
                {
                    heap.Set(timers[which], due);
                    set[timers[which]] = due;
                }
                else
                {
                    heap.Stop(timers[which]);
                    set.Remove(timers[which]);
                }

                Assert.Equal(set.Count, heap.Count);
                Assert.Equal(set.Count == 0 ? null : set.Values.Min(), heap.Next?.Due);
                Assert.All(timers, timer => Assert.Equal(set.ContainsKey(timer), timer.Place >= 0));
            }
        });
    }
}
