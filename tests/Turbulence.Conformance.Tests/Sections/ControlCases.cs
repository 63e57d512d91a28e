namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 9: controls.</summary>
public sealed class ControlCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("09-controls");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
