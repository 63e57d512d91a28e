namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 11: SIGINT.</summary>
public sealed class InterruptCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("11-sigint");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
