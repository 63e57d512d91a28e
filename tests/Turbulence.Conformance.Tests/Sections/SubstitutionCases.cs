namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 5: substitution.</summary>
public sealed class SubstitutionCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("05-substitution");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
