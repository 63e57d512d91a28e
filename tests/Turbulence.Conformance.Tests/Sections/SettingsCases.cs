namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 10: settings and notifications.</summary>
public sealed class SettingsCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("10-settings");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
