namespace Turbulence.Faults.Kinds.Tests;

/// <summary>docs/faults.md says what the code says.</summary>
public sealed class DescriptionTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(BuiltPrograms.Root, "docs", "faults.md"));

    [Fact]
    public void The_page_has_each_kind_once_and_no_other() => Assert.Equal(
        BuiltInKinds.All.All.Select(kind => kind.Description.Name),
        Page.Where(line => line.StartsWith("### `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Scene.Kinds), MemberType = typeof(Scene))]
    public void The_page_has_the_arguments_of_each_kind_as_the_code_describes_them(string name)
    {
        BuiltInKinds.All.TryGet(name, out var kind);
        var section = Page.SkipWhile(line => line != $"### `{name}`").Skip(1).TakeWhile(line => !line.StartsWith('#')).ToArray();
        Assert.Equal(
            kind!.Description.Arguments.Select(argument => $"| `{argument.Name}` | {argument.Type}{(argument.IsRequired ? ", needed" : "")} | {argument.Summary} |"),
            section.Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
        Assert.Contains($"Platforms: {string.Join(", ", kind.Description.Platforms)}. Privilege: {kind.Description.Privilege ?? "none"}.", section);
    }
}
