using Turbulence.Load.Meters;
using Turbulence.Load.Outcomes;

namespace Turbulence.Load.Tests.Comparisons;

/// <summary>
/// Requests to a service whose answers are alike for a while: slow where they were slow a tenth of a second ago, and at times all at once.
/// </summary>
internal sealed record SimulatedService
{
    /// <summary>How alike the load of a tenth of a second is to that of the one before, of an autoregressive process.</summary>
    public double Likeness { get; init; }

    /// <summary>How strongly it moves the times, which are log-normal.</summary>
    public double Swing { get; init; } = 0.3;

    /// <summary>
    /// How likely a burst begins in a tenth of a second; one lasts for five on average, with answers three times as slow and one request in
    /// ten lost.
    /// </summary>
    public double Bursts { get; init; }

    /// <summary>Which part of the requests is lost at any time.</summary>
    public double Lost { get; init; }

    /// <summary>By what all times are multiplied.</summary>
    public double Slower { get; init; } = 1;

    /// <summary>The median time.</summary>
    public static double Median => 5e6;

    /// <summary>Plays so many tenths of a second.</summary>
    public MeterPhase Play(Random random, int tenths, int requests)
    {
        var phase = new MeterPhase(new OutcomeNames([]));
        var state = Normal(random);
        var inBurst = random.NextDouble() < Bursts * 5 / (1 + (Bursts * 5));
        for (var tenth = 0; tenth < tenths; tenth++)
        {
            state = (Likeness * state) + (Math.Sqrt(1 - (Likeness * Likeness)) * Normal(random));
            inBurst = inBurst ? random.NextDouble() >= 0.2 : random.NextDouble() < Bursts;
            var scale = Median * Slower * Math.Exp(Swing * state) * (inBurst ? 3 : 1);
            var lost = Lost + (inBurst ? 0.1 : 0);
            for (var i = 0; i < requests; i++)
            {
                var due = (tenth * 100_000_000L) + (i * 100_000_000L / requests);
                var isLost = lost > 0 && random.NextDouble() < lost;
                var takes = isLost ? 0 : (long)(scale * Math.Exp(0.4 * Normal(random)));
                phase.Add(new LoadSample(due, due, due + takes, isLost ? RequestOutcome.Refused : RequestOutcome.Answered, 0));
            }
        }

        return phase;
    }

    // Box and Muller, one of the two.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
