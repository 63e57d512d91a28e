namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 12: the command line.</summary>
public sealed class CommandCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("12-command");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
