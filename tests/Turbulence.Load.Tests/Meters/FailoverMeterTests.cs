using CsCheck;
using Turbulence.Load.Meters;
using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Tests.Meters;

/// <summary>The meter against services whose outage is known: what it says is the truth, to one distance between two requests.</summary>
public sealed class FailoverMeterTests
{
    private const long Second = 1_000_000_000;
    private const long Millisecond = 1_000_000;
    private static readonly OutcomeNames Names = new(["primary", "secondary"]);

    [Fact]
    public void An_outage_begins_and_ends_when_it_did_and_every_request_in_it_is_counted() =>
        Gen.Select(Gen.Double[20, 1000], Gen.Double[1, 3], Gen.Double[0, 0.5], Gen.Double[0.2, 2]).Sample((rate, fault, delay, length) =>
        {
            // Refused from some time after the fault began until it was undone.
            var (begun, from, until) = (At(fault), At(fault + delay), At(fault + delay + length));
            var service = new Service
            {
                Rate = rate,
                Seconds = 8,
                Answer = due => due >= from && due < until
                ? (RequestOutcome.Refused, 0, Millisecond / 10)
                : (RequestOutcome.Answered, 0, Millisecond)
            };
            var (cost, requests) = service.Measure(begun, until);
            var truth = requests.Where(static sample => sample.IsLost).ToList();
            var interval = 1000 / rate;
            Assert.Equal((truth.Count, truth.Count), (cost.Lost, cost.During.Lost));
            Assert.Equal(0, cost.After.Lost);
            Assert.InRange(cost.FirstErrorMilliseconds!.Value, delay * 1000 - 0.001, (delay * 1000) + interval);
            Assert.InRange(cost.ErrorWindowMilliseconds!.Value, (length * 1000) - interval - 0.001, (length * 1000) + interval + 0.001);
            Assert.Equal(interval, cost.SamplingMilliseconds, interval / 100);
            Assert.Equal((null, 0.0), (cost.FailoverMilliseconds, cost.RecoveredMilliseconds));
            Assert.Equal(requests.Count, cost.Before.Requests + cost.During.Requests + cost.After.Requests);
        });

    [Fact]
    public void A_failover_is_over_when_somebody_else_answers_and_recovered_when_nobody_else_does_any_more() =>
        Gen.Select(Gen.Double[50, 1000], Gen.Double[0, 0.5], Gen.Double[0.5, 2], Gen.Double[0, 1]).Sample((rate, takes, length, back) =>
        {
            var (begun, undone) = (At(2), At(2 + takes + length));
            var (over, home) = (begun + At(takes), undone + At(back));
            var service = new Service
            {
                Rate = rate,
                Seconds = 8,
                Answer = due => due < begun || due >= home ? (RequestOutcome.Answered, 0, Millisecond)
                    : due < over ? (RequestOutcome.Reset, 0, Millisecond)
                    : (RequestOutcome.Answered, 1, 2 * Millisecond),
            };
            var (cost, _) = service.Measure(begun, undone);
            var interval = 1000 / rate;
            Assert.InRange(cost.FailoverMilliseconds!.Value, (takes * 1000) + 2 - 0.001, (takes * 1000) + 2 + interval);
            Assert.InRange(cost.RecoveredMilliseconds!.Value, Math.Max(0, (back * 1000) - interval - 0.001), (back * 1000) + 0.001);
            Assert.Equal(cost.Lost > 0, cost.FirstErrorMilliseconds is not null);
        });

    [Fact]
    public void What_is_lost_to_the_end_is_not_over_even_where_somebody_was_served_meanwhile()
    {
        // One is served right after the undo, and nobody any more from then on.
        var service = new Service
        {
            Rate = 100,
            Seconds = 8,
            Answer = due => (due >= At(2) && due != At(4.1) ? RequestOutcome.TimedOut : RequestOutcome.Answered, 0, Millisecond),
        };
        var (cost, _) = service.Measure(At(2), At(4));
        Assert.Equal((1, 399), (cost.After.Requests - cost.After.Lost, cost.After.Lost));
        Assert.Null(cost.RecoveredMilliseconds);
    }

    [Fact]
    public void Slow_requests_are_told_from_when_the_fault_began_until_they_are_as_quick_as_before()
    {
        // Everybody waits until 3.5 s, as behind a frozen server.
        var service = new Service
        {
            Rate = 500,
            Seconds = 8,
            Answer = due => (RequestOutcome.Answered, 0, due >= At(2) && due < At(3.5) ? At(3.5) - due + Millisecond : Millisecond),
        };
        var (cost, _) = service.Measure(At(2), At(3));
        Assert.Equal((0, 1500.0), (cost.Lost, cost.SlowMilliseconds));
        Assert.InRange(cost.Slow, 740, 750);
        Assert.Null(cost.FailoverMilliseconds);
        Assert.Null(cost.FirstErrorMilliseconds);
        Assert.InRange(cost.During.Answered.Longest, 1500, 1502);
        Assert.InRange(cost.Before.Answered.P99, 1, 1.01);
    }

    [Fact]
    public void What_is_slow_to_the_end_was_not_slow_for_some_time()
    {
        // The last part has one request, which is slow as well.
        var service = new Service
        {
            Rate = 100,
            Seconds = 8.01,
            Answer = due => (RequestOutcome.Answered, 0, due >= At(2) ? 50 * Millisecond : Millisecond),
        };
        var (cost, _) = service.Measure(At(2), At(4));
        Assert.Equal((null, 601), (cost.SlowMilliseconds, cost.Slow));
    }

    [Fact]
    public void A_fault_that_nobody_felt_cost_nothing()
    {
        var random = new Random(5);
        var service = new Service
        {
            Rate = 500,
            Seconds = 6,
            Answer = _ => (RequestOutcome.Answered, 0, Millisecond + random.Next(1_000_000)),
        };
        var (cost, _) = service.Measure(At(2), At(4));
        Assert.Equal((0, 0.0, 0.0), (cost.Lost, cost.SlowMilliseconds, cost.RecoveredMilliseconds));
        Assert.Equal((null, null, null), (cost.FirstErrorMilliseconds, cost.ErrorWindowMilliseconds, cost.FailoverMilliseconds));
        Assert.Equal((1000, 1000, 1000), (cost.Before.Requests, cost.During.Requests, cost.After.Requests));
    }

    [Fact]
    public void Requests_that_were_on_their_way_are_the_faults()
    {
        // Silence from the fault on: what was due up to two seconds before it times out as well.
        var meter = new FailoverMeter(Names);
        for (var due = 0L; due < At(4); due += 10 * Millisecond)
        {
            if (due == At(3))
            {
                meter.Begin("f", due);
            }

            if (due < At(2.5))
            {
                meter.Add(new LoadSample(due, due, due + Millisecond, RequestOutcome.Answered, 0));
            }
        }

        for (var due = At(2.5); due < At(4); due += 10 * Millisecond)
        {
            meter.Add(new LoadSample(due, due, due + At(2), RequestOutcome.TimedOut, 0));
        }

        var cost = Assert.Single(meter.Costs);
        Assert.Equal((150, 0.0), (cost.Lost, cost.FirstErrorMilliseconds));
        Assert.Equal(1500, cost.ErrorWindowMilliseconds!.Value, 0.1);
        Assert.Equal(250, cost.Before.Requests);
        Assert.Null(cost.Ended);
        Assert.Null(cost.RecoveredMilliseconds);
    }

    [Fact]
    public void Who_answered_before_the_fault_is_nobody_else_and_without_a_before_nobody_is()
    {
        var turn = 0;
        var service = new Service
        {
            Rate = 500,
            Seconds = 6,
            Answer = _ => (RequestOutcome.Answered, turn++ % 10 == 0 ? 1 : 0, Millisecond),
        };
        var (cost, _) = service.Measure(At(2), At(4));
        Assert.Equal((null, 0.0), (cost.FailoverMilliseconds, cost.RecoveredMilliseconds));
        (cost, _) = service.Measure(0, At(4));
        Assert.Null(cost.FailoverMilliseconds);
        Assert.Null(cost.SlowMilliseconds);
    }

    [Fact]
    public void The_next_fault_takes_the_requests_over_from_one_that_is_undone()
    {
        var meter = new FailoverMeter(Names);
        var requests = new Service
        {
            Rate = 100,
            Seconds = 10,
            Answer = due => (due is >= 2 * Second and < 3 * Second
            or >= 6 * Second and < 8 * Second ? RequestOutcome.Refused : RequestOutcome.Answered, 0, 0)
        }.Requests();
        List<(long At, Action Tell)> moments = [(At(2), () => meter.Begin("a", At(2))), (At(3), () => meter.End(
            "a", At(3))), (At(6), () => meter.Begin("b", At(6))), (At(8), () => meter.End("b", At(8)))];
        foreach (var (_, tell) in moments
            .Select(static moment => (moment.At, moment.Tell))
            .Concat(requests.Select(request => (request.Ended, (Action)(() => meter.Add(request)))))
            .OrderBy(static one => one.Item1))
        {
            tell();
        }

        Assert.Equal(
            [("a", 100L, 0L), ("b", 200L, 0L)], meter.Costs.Select(static cost => (cost.Fault, cost.During.Lost, cost.After.Lost)));
        Assert.Equal(500, meter.Costs[1].Before.Requests);
    }

    [Fact]
    public void One_slow_request_in_a_hundred_is_nothing_that_a_fault_did_however_rare_requests_are()
    {
        foreach (var rate in new[] { 0.5, 1, 5, 10, 25, 100 })
        {
            // Somebody is slow by chance, long after the fault.
            var place = 0;
            var service = new Service
            {
                Rate = rate,
                Seconds = 1000 / rate,
                Answer = _ => (RequestOutcome.Answered, 0, ++place % 97 == 0 && place > 400 ? 30 * Millisecond : Millisecond),
            };
            var (cost, _) = service.Measure(At(200 / rate), At(300 / rate));
            Assert.Equal((rate, 0.0), (rate, cost.SlowMilliseconds));
        }
    }

    [Fact]
    public void Rare_requests_that_were_slow_are_told_to_five_of_their_distances()
    {
        var service = new Service
        {
            Rate = 1,
            Seconds = 200,
            Answer = due => (RequestOutcome.Answered, 0, due >= At(100) && due < At(140) ? At(1) : Millisecond),
        };
        var (cost, _) = service.Measure(At(100), At(140));
        Assert.InRange(cost.SlowMilliseconds!.Value, 35_000, 45_000);
    }

    [Fact]
    public void Faults_that_are_too_many_are_counted_and_are_nobody_elses()
    {
        var meter = new FailoverMeter(Names);
        for (var i = 0; i < FailoverMeter.MostFaults + 3; i++)
        {
            meter.Begin($"f{i}", At(i));
            meter.Add(new LoadSample(At(i), At(i), At(i) + 1, RequestOutcome.Refused, 0));
            meter.End($"f{i}", At(i) + 2);
        }

        Assert.Equal((FailoverMeter.MostFaults, 3), (meter.Costs.Count, meter.LeftOut));
        Assert.All(meter.Costs, static cost => Assert.Equal(1, cost.Lost));
    }

    [Fact]
    public void Faults_that_were_in_at_the_same_time_name_each_other()
    {
        var meter = new FailoverMeter(Names);
        meter.Begin("a", At(1));
        meter.Begin("b", At(2));
        meter.End("a", At(3));
        meter.Begin("c", At(4));
        meter.End("b", At(5));
        meter.End("c", At(6));
        meter.Begin("d", At(7));
        Assert.Equal(
            ["a: b", "b: a c", "c: b", "d: "], meter.Costs.Select(static cost => $"{cost.Fault}: {string.Join(' ', cost.Overlaps)}"));
    }

    private static long At(double seconds) => (long)(seconds * Second);

    private sealed class Service
    {
        public required double Rate { get; init; }

        public required double Seconds { get; init; }

        public required Func<long, (RequestOutcome Outcome, int Class, long Takes)> Answer { get; init; }

        public List<LoadSample> Requests() => [.. Enumerable.Range(0, (int)(Rate * Seconds)).Select(place =>
        {
            var due = (long)(place / Rate * Second);
            var (outcome, answerClass, takes) = Answer(due);
            return new LoadSample(due, due, due + takes, outcome, answerClass);
        })];

        public (FaultCost Cost, List<LoadSample> Requests) Measure(long begun, long undone)
        {
            var meter = new FailoverMeter(Names);
            var requests = Requests();
            foreach (var sample in requests.OrderBy(static sample => sample.Ended))
            {
                // They are told as they end, and so are faults.
                if (sample.Ended >= begun)
                {
                    meter.Begin("f", begun);
                }

                if (sample.Ended >= undone)
                {
                    meter.End("f", undone);
                }

                meter.Add(sample);
            }

            return (Assert.Single(meter.Costs), requests);
        }
    }
}
