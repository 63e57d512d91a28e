namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 11: SIGTERM.</summary>
public sealed class TerminationCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("11-sigterm");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
