namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 4: configuration and secrets.</summary>
public sealed class ValueCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("04-values");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
