namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 8: the journal.</summary>
public sealed class JournalCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("08-journal");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
