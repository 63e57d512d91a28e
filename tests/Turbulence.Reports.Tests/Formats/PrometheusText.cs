using System.Globalization;
using System.Text.RegularExpressions;

namespace Turbulence.Reports.Tests.Formats;

/// <summary>Reads Prometheus' text as strictly as its format is described: version 0.0.4.</summary>
internal static partial class PrometheusText
{
    /// <summary>The samples by their series.</summary>
    public static Dictionary<string, double> Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var samples = new Dictionary<string, double>();
        var families = new HashSet<string>();
        string? family = null;
        string? helped = null;
        foreach (var line in text[..^1].Split('\n'))
        {
            if (Help().Match(line) is { Success: true } help)
            {
                helped = help.Groups[1].Value;
                continue;
            }

            if (Type().Match(line) is { Success: true } type)
            {
                family = type.Groups[1].Value;
                Assert.Equal(helped, family);
                Assert.True(families.Add(family), $"{family} stands twice");
                continue;
            }

            var sample = Sample().Match(line);
            Assert.True(sample.Success, line);
            Assert.Equal(family, sample.Groups[1].Value);
            var value = double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture);
            Assert.True(samples.TryAdd(sample.Groups[1].Value + sample.Groups[2].Value, value), $"{line} stands twice");
        }

        return samples;
    }

    [GeneratedRegex("^# HELP ([a-z_]+) [^\\\\\n]+$")]
    private static partial Regex Help();

    [GeneratedRegex("^# TYPE ([a-z_]+) (gauge|counter)$")]
    private static partial Regex Type();

    [GeneratedRegex("^([a-z_]+)(\\{[a-z_]+=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\"(?:,[a-z_]+=\"(?:[^\"\\\\\n]|\\\\[\\\\\"n])*\")*\\}) (-?[0-9.]+(?:E[+-]?[0-9]+)?)$")]
    private static partial Regex Sample();
}
