namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 11: SIGUSR2.</summary>
public sealed class UngracefulExitCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("11-sigusr2");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
