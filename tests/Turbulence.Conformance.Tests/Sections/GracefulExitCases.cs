namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 11: SIGUSR1.</summary>
public sealed class GracefulExitCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("11-sigusr1");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
