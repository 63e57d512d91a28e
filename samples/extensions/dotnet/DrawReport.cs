namespace NumberDrills;

/// <summary>What came of many draws.</summary>
/// <param name="Draws">How many there were.</param>
/// <param name="Outcomes">How many different numbers could have come: 11 for 0 to 10.</param>
/// <param name="Lowest">The lowest number that came.</param>
/// <param name="Highest">The highest number that came.</param>
/// <param name="ChiSquare">How far the numbers are from coming equally often: Pearson's statistic, with <c>Outcomes - 1</c> degrees of
/// freedom.</param>
/// <param name="Servers">How many draws each server made, by its name.</param>
public sealed record DrawReport(
    int Draws, int Outcomes, int Lowest, int Highest, double ChiSquare, IReadOnlyDictionary<string, int> Servers);
