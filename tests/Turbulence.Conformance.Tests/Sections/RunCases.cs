namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 7: the run loop.</summary>
public sealed class RunCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("07-run");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
