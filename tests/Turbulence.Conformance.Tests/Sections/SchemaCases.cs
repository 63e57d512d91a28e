namespace Turbulence.Conformance.Tests.Sections;

/// <summary>Section 2: the experiment's schema, references and providers.</summary>
public sealed class SchemaCases
{
    public static IEnumerable<TheoryDataRow<string, string>> Rows => CaseCheck.Rows("02-schema");

    [Theory]
    [MemberData(nameof(Rows))]
    public Task The_command_does_as_the_case_says(string name, string mode) => CaseCheck.HoldsAsync(name, mode);
}
