using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Keys;
using Turbulence.Load.Schedules;

namespace Turbulence.Load.Activities;

/// <summary>Reads when a load sends: its rate or how many users wait for their answers, its duration and its arrivals.</summary>
/// <param name="given">The load's declaration.</param>
/// <param name="path">Its place.</param>
/// <param name="reading">Told what is wrong.</param>
internal sealed class ScheduleDeclaration(JsonObject given, DocumentPath path, LoadReading reading)
{
    /// <summary>Reads it.</summary>
    /// <param name="endless">Whether it has no duration.</param>
    /// <returns>The schedule; null where something is wrong, which was told, or a placeholder is in the way.</returns>
    public LoadSchedule? Read(bool endless)
    {
        var isByChance = reading.Word(given, path, LoadKeys.Arrivals) == "chance";
        var duration = endless ? TimeSpan.FromDays(30) : TimeSpan.FromSeconds(reading.Number(given, path, LoadKeys.Duration, 0));
        if (given["concurrency"] is { } users)
        {
            if (given.ContainsKey("rate"))
            {
                reading.Wrong(path["concurrency"], "concurrency and rate exclude each other");
            }

            var count = (int)reading.Number(given, path, LoadKeys.Concurrency, 1);
            return IsOpen(users) || !HasDuration() ? null : LoadSchedule.Closed(count, duration);
        }

        switch (given["rate"])
        {
            case null:
                reading.Wrong(path, "a load must have a rate: how many requests a second");
                return null;
            case JsonArray steps when !endless:
                return Steps(steps, isByChance);
            case JsonObject ramp when !endless:
                var from = reading.Number(ramp, path["rate"], LoadKeys.From);
                var to = reading.Number(ramp, path["rate"], LoadKeys.To);
                return HasDuration() && !IsOpen(ramp) ? Open([new RateSegment(from, to, duration)], isByChance) : null;
            default:
                var rate = reading.Number(given, path, LoadKeys.Rate, 1);
                return HasDuration() && !IsOpen(given["rate"]) ? Open([new RateSegment(rate, rate, duration)], isByChance) : null;
        }

        bool IsOpen(JsonNode? node) => LoadReading.IsOpen(node) || LoadReading.IsOpen(given["duration"]);

        bool HasDuration()
        {
            if (!endless && !given.ContainsKey("duration"))
            {
                reading.Wrong(path, "a load must have a duration, in seconds");
            }

            return duration > TimeSpan.Zero;
        }
    }

    private LoadSchedule? Steps(JsonArray steps, bool isByChance)
    {
        if (given.ContainsKey("duration"))
        {
            reading.Wrong(path["duration"], "each step of the rate has a duration of its own, and the load none");
        }

        List<RateSegment> segments = [];
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i] is not JsonObject step)
            {
                reading.Wrong(
                    path["rate"][i],
                    """a step of the rate must be {"rate": N, "duration": SECONDS} or {"from": N, "to": N, "duration": SECONDS}""");
                continue;
            }

            var place = path["rate"][i];
            var rate = reading.Number(step, place, LoadKeys.StepRate, 0);
            segments.Add(new RateSegment(
                reading.Number(step, place, LoadKeys.From, rate),
                reading.Number(step, place, LoadKeys.To, rate),
                TimeSpan.FromSeconds(reading.Number(step, place, LoadKeys.StepDuration))));
        }

        return LoadReading.IsOpen(steps) ? null : Open(segments, isByChance);
    }

    private LoadSchedule? Open(List<RateSegment> segments, bool isByChance)
    {
        if (segments.Sum(static one => one.Mass) > 0)
        {
            return LoadSchedule.Open(segments, isByChance);
        }

        reading.Wrong(path["rate"], "with this rate nothing is ever sent");
        return null;
    }
}
