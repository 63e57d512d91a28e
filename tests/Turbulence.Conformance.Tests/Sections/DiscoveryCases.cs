namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 13: the discovery document.</summary>
public sealed class DiscoveryCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("13-discovery");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
