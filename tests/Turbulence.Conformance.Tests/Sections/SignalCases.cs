namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 11: what is common to the signals.</summary>
public sealed class SignalCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("11-signals");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
