namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 6: tolerances.</summary>
public sealed class ToleranceCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("06-tolerances");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
