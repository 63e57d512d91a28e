using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>What the lines of the timeline say of one fault.</summary>
/// <param name="kind">Its kind.</param>
/// <param name="activity">The name of the activity that asked for it.</param>
internal sealed class TimelineFault(string kind, string activity)
{
    /// <summary>Its kind.</summary>
    public string Kind => kind;

    /// <summary>The name of the activity that asked for it.</summary>
    public string Activity => activity;

    /// <summary>The last that was told of it, in the words of <c>turbulence.faults</c>.</summary>
    public string State { get; private set; } = "planned";

    /// <summary>When it came to each step.</summary>
    public FaultTimes Times { get; private set; }

    /// <summary>Takes a line in.</summary>
    public void Take(double at, string state)
    {
        State = state is "effective" or "without-effect" or "lost" ? "active" : state;
        Times = With(Times, state, at);
    }

    /// <summary>The times with that of a step, where it is the first.</summary>
    public static FaultTimes With(FaultTimes times, string state, double at) => state switch
    {
        "planned" => times with { Planned = times.Planned ?? at },
        "injecting" => times with { Injecting = times.Injecting ?? at },
        "active" or "without-effect" => times with { Active = times.Active ?? at },
        "effective" => times with { Active = times.Active ?? at, Effective = times.Effective ?? at },
        "lost" => times with { Lost = times.Lost ?? at },
        "reverting" => times with { Reverting = times.Reverting ?? at },
        "reverted" => times with { Reverted = times.Reverted ?? at },
        "confirmed" => times with { Confirmed = times.Confirmed ?? at },
        _ => times,
    };
}
