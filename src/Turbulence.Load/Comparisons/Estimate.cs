namespace Turbulence.Load.Comparisons;

/// <summary>A figure of a phase, and between what it may be.</summary>
/// <param name="Value">The figure as it was measured.</param>
/// <param name="Low">What it is at least, with 95 % of confidence together with <paramref name="High"/>.</param>
/// <param name="High">What it is at most.</param>
internal readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Why there is none: the data is too little; null where there is one.</summary>
    public string? TooLittle { get; init; }

    /// <summary>There is too little data.</summary>
    public static Estimate Unknown(string why) => new(double.NaN, double.NaN, double.NaN) { TooLittle = why };

    /// <summary>
    /// What it is more than another figure, which is independent of it: the intervals of both make that of the difference (Zou and Donner
    /// 2008, MOVER).
    /// </summary>
    /// <param name="other">The other figure.</param>
    public Estimate Less(Estimate other)
    {
        if ((TooLittle ?? other.TooLittle) is { } why)
        {
            return Unknown(why);
        }

        var difference = Value - other.Value;
        return new(
            difference,
            difference - Root(Value - Low, other.High - other.Value),
            difference + Root(High - Value, other.Value - other.Low));
    }

    private static double Root(double one, double two) => Math.Sqrt((one * one) + (two * two));
}
