namespace Turbulence.Load.Schedules;

/// <summary>A time in which the rate goes evenly from one value to another.</summary>
/// <param name="From">Requests a second at its beginning; 0 or more.</param>
/// <param name="To">Requests a second at its end; 0 or more.</param>
/// <param name="Duration">How long it takes; more than 0.</param>
public readonly record struct RateSegment(double From, double To, TimeSpan Duration)
{
    /// <summary>How many requests are due in it, the last one in part.</summary>
    public double Mass => (From + To) / 2 * Duration.TotalSeconds;

    /// <summary>After how many seconds so many requests are due: the inverse of the rate's integral.</summary>
    /// <param name="mass">How many; at most <see cref="Mass"/>.</param>
    internal double TimeOf(double mass)
    {
        var slope = (To - From) / Duration.TotalSeconds;

        // The usual formula divides by the slope, which is 0 for a constant rate; this one does not.
        var root = Math.Sqrt(Math.Max(0, (From * From) + (2 * slope * mass)));
        return mass <= 0 ? 0 : Math.Min(Duration.TotalSeconds, 2 * mass / (From + root));
    }
}
