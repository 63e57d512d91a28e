using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Kinds.Tests;

/// <summary>docs/faults.md says what the code says. <c>UPDATE_GOLDEN=1</c> writes its tables anew.</summary>
public sealed class DescriptionTests
{
    private const string Head = "| argument | type | values | default | meaning |";
    private static readonly string File = Path.Combine(BuiltProgram.Root, "docs", "faults.md");
    private static readonly Lock Writing = new();

    [Fact]
    public void The_page_has_each_kind_once_and_no_other() => Assert.Equal(
        BuiltInKinds.All.All.Select(kind => kind.Description.Name),
        Page().Where(line => line.StartsWith("### `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Scene.Kinds), MemberType = typeof(Scene))]
    public void The_page_has_the_arguments_of_each_kind_as_the_code_describes_them(string name)
    {
        BuiltInKinds.All.TryGet(name, out var kind);
        string[] expected = [.. Described(kind!.Description)];
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Write(name, expected);
        }

        Assert.Equal(expected, Section(name).SkipWhile(line => !line.StartsWith("Platforms: ", StringComparison.Ordinal)).Where(line => line.Length > 0));
    }

    /// <summary>What is said of an argument twice would be said in two ways one day.</summary>
    [Theory]
    [MemberData(nameof(Scene.Kinds), MemberType = typeof(Scene))]
    public void What_the_types_say_stands_in_no_summary(string name)
    {
        BuiltInKinds.All.TryGet(name, out var kind);
        var arguments = kind!.Description.Arguments;
        Assert.All(arguments, argument => Assert.DoesNotMatch("default|in seconds|[0-9] to [0-9]", argument.Summary));
        Assert.All(kind.Description.Groups, group => Assert.All(group.Names, name => Assert.Contains(arguments, argument => argument.Name == name)));
        Assert.All(arguments, argument => Assert.True(
            argument.Default is null || ArgumentValue.Problem(argument, argument.Default, isWritten: false) is null, $"the default of {argument.Name}"));
    }

    private static string[] Page() => System.IO.File.ReadAllLines(File);

    private static IEnumerable<string> Section(string name) => Page().SkipWhile(line => line != $"### `{name}`").Skip(1).TakeWhile(line => !line.StartsWith('#'));

    private static IEnumerable<string> Described(FaultKindDescription kind)
    {
        var longest = kind.LongestDuration is { } duration ? $" Lasts at most {duration.TotalMinutes:0.##} minutes." : "";
        yield return $"Platforms: {string.Join(", ", kind.Platforms)}. Privilege: {kind.Privilege ?? "none"}.{longest}";
        yield return Head;
        yield return "|---|---|---|---|---|";
        foreach (var argument in kind.Arguments)
        {
            yield return $"| `{argument.Name}` | {argument.TypeName} | {argument.Values} | {(argument.IsRequired ? "needed" : argument.DefaultText ?? "")} | {argument.Summary} |";
        }

        foreach (var group in kind.Groups)
        {
            yield return $"Takes {group.Text}.";
        }
    }

    private static void Write(string name, string[] described)
    {
        lock (Writing)
        {
            var page = Page();
            var start = Array.FindIndex(page, Array.IndexOf(page, $"### `{name}`"), line => line.StartsWith("Platforms: ", StringComparison.Ordinal));
            var end = Array.FindIndex(page, start, line => line.StartsWith('#'));
            IEnumerable<string> table = described.Skip(1).Where(line => line.StartsWith('|'));
            IEnumerable<string> rules = described.Skip(1).Where(line => !line.StartsWith('|')).SelectMany(line => new[] { "", line });
            System.IO.File.WriteAllLines(File, [.. page[..start], described[0], "", .. table, .. rules, .. end < 0 ? [] : new[] { "" }, .. end < 0 ? [] : page[end..]]);
        }
    }
}
