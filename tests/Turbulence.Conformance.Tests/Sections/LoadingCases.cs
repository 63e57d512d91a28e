namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 1: loading an experiment.</summary>
public sealed class LoadingCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("01-loading");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
