namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 3: validation.</summary>
public sealed class ValidationCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("03-validation");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
