using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Kinds.Tests.Network;
using Turbulence.Faults.Network;

namespace Turbulence.Faults.Kinds.Tests;

/// <summary>
/// docs/faults.md says what the code says, and docs/network-faults.md does for the kinds that are toxics. <c>UPDATE_GOLDEN=1</c> writes
/// their tables anew. What all of the latter can be told stands there once.
/// </summary>
public sealed class DescriptionTests
{
    private const string Head = "| argument | type | values | default | meaning |";
    private const string NetworkHeading = "#### ";
    private const string Heading = "### ";
    private const string AllKinds = "What all of them can be told";
    private const string AllRequests = "Which requests are meant";

    private static readonly IReadOnlyList<FaultArgument> Shared = [
        .. ProxySelection.Arguments, NetworkArguments.Stream, NetworkArguments.Toxicity,
    ];
    private static readonly Lock Writing = new();

    [Fact]
    public void The_pages_have_each_kind_once_and_no_other() => Assert.Equal(
        BuiltInKinds.All.All.Select(kind => kind.Description.Name),
        Headings("faults.md", Heading)
            .Concat(Headings("dotnet-faults.md", Heading))
            .Concat(Headings("network-faults.md", NetworkHeading))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Scene.Kinds), MemberType = typeof(Scene))]
    public void The_page_has_the_arguments_of_each_kind_as_the_code_describes_them(string name)
    {
        BuiltInKinds.All.TryGet(name, out var kind);
        if (!IsNetwork(name))
        {
            var page = name.StartsWith("dotnet.", StringComparison.Ordinal) ? "dotnet-faults.md" : "faults.md";
            Check(page, $"{Heading}`{name}`", "Platforms: ", [.. Described(kind!.Description)]);
            return;
        }

        var own = kind!.Description.Arguments.Where(argument => !IsShared(argument)).ToArray();
        string[] not = [.. Shared.Except(kind.Description.Arguments).Select(argument => $"`{argument.Name}`")];
        var line =
            $"Arguments: those of all{(not.Length > 0 ? $" but {string.Join(", ", not)}" : "")}{(name.Contains(".http.", StringComparison.Ordinal) ? ", which requests are meant" : "")}";
        Check("network-faults.md", $"{NetworkHeading}`{name}`", "Arguments: ", own.Length == 0
            ? [$"{line}."]
            : [$"{line}, and", .. Table(own)]);
    }

    [Fact]
    public void The_page_has_once_what_all_kinds_of_the_network_can_be_told()
    {
        Check("network-faults.md", NetworkHeading + AllKinds, "Arguments:", ["Arguments:", .. Table(Shared)]);
        Check("network-faults.md", NetworkHeading + AllRequests, "Arguments:", ["Arguments:", .. Table(NetworkArguments.Match)]);
    }

    [Theory]
    [MemberData(nameof(NetworkScene.Kinds), MemberType = typeof(NetworkScene))]
    public void Each_kind_of_the_network_can_be_told_what_all_can(string name)
    {
        BuiltInKinds.All.TryGet(name, out var kind);
        var isHttp = name.Contains(".http.", StringComparison.Ordinal);
        Assert.All(
            ProxySelection.Arguments.Concat(isHttp ? NetworkArguments.Match : []),
            argument => Assert.Contains(argument, kind!.Description.Arguments));
    }

    /// <summary>What is said of an argument twice would be said in two ways one day.</summary>
    [Theory]
    [MemberData(nameof(Scene.Kinds), MemberType = typeof(Scene))]
    public void What_the_types_say_stands_in_no_summary(string name)
    {
        BuiltInKinds.All.TryGet(name, out var kind);
        var arguments = kind!.Description.Arguments;
        Assert.All(arguments, argument => Assert.DoesNotMatch("default|in seconds|[0-9] to [0-9]", argument.Summary));
        Assert.All(
            kind.Description.Groups,
            group => Assert.All(group.Names, name => Assert.Contains(arguments, argument => argument.Name == name)));
        Assert.All(arguments, argument => Assert.True(
            argument.Default is null || ArgumentValue.Problem(argument, argument.Default, isWritten: false) is null,
            $"the default of {argument.Name}"));
    }

    private static bool IsNetwork(string name) => NetworkKinds.All.Any(kind => kind.Description.Name == name);

    // An own argument may have a shared one's name, and is then another one.
    private static bool IsShared(FaultArgument argument) =>
        Shared.Contains(argument) || NetworkArguments.Match.Contains(argument);

    private static IEnumerable<string> Headings(string page, string heading) =>
        File
            .ReadAllLines(FileOf(page))
            .Where(line => line.StartsWith($"{heading}`", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1])
            .Where(name => name.Contains('.', StringComparison.Ordinal));

    private static string FileOf(string page) => Path.Combine(BuiltProgram.Root, "docs", page);

    private static IEnumerable<string> Described(FaultKindDescription kind)
    {
        var longest = kind.LongestDuration is { } duration ? $" Lasts at most {duration.TotalMinutes:0.##} minutes." : "";
        yield return $"Platforms: {string.Join(", ", kind.Platforms)}. Privilege: {kind.Privilege ?? "none"}.{longest}";
        foreach (var line in Table(kind.Arguments))
        {
            yield return line;
        }

        foreach (var group in kind.Groups)
        {
            yield return $"Takes {group.Text}.";
        }
    }

    private static IEnumerable<string> Table(IEnumerable<FaultArgument> arguments) =>
    [
        Head,
        "|---|---|---|---|---|",
        .. arguments.Select(
            argument =>
                $"| `{argument.Name}` | {argument.TypeText} | {argument.Values} | {(argument.IsRequired ? "needed" : argument.DefaultText ?? "")} | {argument.Summary} |"),
    ];

    /// <summary>Holds what stands under a heading, from the line that begins so, against what is described, empty lines aside.</summary>
    private static void Check(string page, string heading, string beginning, string[] described)
    {
        lock (Writing)
        {
            var lines = File.ReadAllLines(FileOf(page));
            var start = Array.FindIndex(lines, Array.IndexOf(lines, heading), line => line.StartsWith(beginning, StringComparison.Ordinal));
            var end = Array.FindIndex(lines, start, line => line.StartsWith('#')) is var next and >= 0 ? next : lines.Length;
            if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            {
                var table = described.Skip(1).Where(line => line.StartsWith('|')).ToArray();
                var rules = described.Skip(1).Where(line => !line.StartsWith('|')).SelectMany(line => new[] { "", line });
                File.WriteAllLines(
                    FileOf(page),
                    [.. lines[..start], described[0], .. table.Length > 0
                        ? new[] { "" }
                        : [], .. table, .. rules, .. end < lines.Length ? new[] { "" } : [], .. lines[end..]]);
                return;
            }

            Assert.Equal(described, lines[start..end].Where(line => line.Length > 0));
        }
    }
}
