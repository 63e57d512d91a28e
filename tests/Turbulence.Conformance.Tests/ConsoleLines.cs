using System.Text.RegularExpressions;

namespace Turbulence.Conformance.Tests;

/// <summary>What the command said, without times: a line of the log reads <c>INFO Playing your experiment's method now...</c>.</summary>
internal static partial class ConsoleLines
{
    /// <summary>The lines of standard error.</summary>
    public static IReadOnlyList<string> Of(string error) => [.. error.TrimEnd('\n').Split('\n').Select(static line => Plain(line))];

    /// <summary>Holds <paramref name="said"/> against the lines that are expected: in this order, others between them.</summary>
    public static void Contain(IReadOnlyList<string> said, IEnumerable<string> expected)
    {
        var at = 0;
        foreach (var line in expected)
        {
            var found = at;
            while (found < said.Count && !IsLike(said[found], line))
            {
                found++;
            }

            Assert.True(
                found < said.Count,
                $"'{line}' is not said{(at > 0 ? $" after '{said[at - 1]}'" : "")}. What is said:\n{string.Join('\n', said)}");
            at = found + 1;
        }
    }

    /// <summary>Holds what was said against the whole of what is expected.</summary>
    public static void Equal(IReadOnlyList<string> said, IReadOnlyList<string> expected) => Assert.True(
        said.Count == expected.Count && said.Zip(expected).All(pair => IsLike(pair.First, pair.Second)),
        $"Expected:\n{string.Join('\n', expected)}\nSaid:\n{string.Join('\n', said)}");

    /// <summary>Whether a line is as expected: the same, or a match where the expectation begins with <c>~</c>.</summary>
    public static bool IsLike(string line, string expected) => expected.StartsWith('~')
        ? Regex.IsMatch(line, $"^(?:{expected[1..].TrimStart()})$")
        : line == expected;

    private static string Plain(string line) => Duration().Replace(Time().Replace(line, "$1 "), "$1");

    [GeneratedRegex(@"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d (\w+)\] ")]
    private static partial Regex Time();

    [GeneratedRegex(@"( Verdict: [\w-]+ \(exit code \d\)) after .*$")]
    private static partial Regex Duration();
}
