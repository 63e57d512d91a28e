using System.Globalization;
using System.Text;

namespace Turbulence.Reports.Formats;

/// <summary>Collects samples by their names: all of one name have to stand together, under what it means.</summary>
internal sealed class PrometheusFamilies
{
    private readonly OrderedDictionary<string, (string Type, string Help, List<string> Samples)> families = [];
    private readonly HashSet<string> series = new(StringComparer.Ordinal);

    /// <summary>Adds a figure that can go up and down; one that nobody knows is left out.</summary>
    public void Gauge(string name, string help, IReadOnlyList<(string Name, string Value)> labels, double? value) =>
        Add("gauge", name, help, labels, value);

    /// <summary>Adds a figure that counts.</summary>
    public void Counter(string name, string help, IReadOnlyList<(string Name, string Value)> labels, double? value) =>
        Add("counter", name, help, labels, value);

    /// <summary>Writes all of it.</summary>
    public void Write(TextWriter target)
    {
        foreach (var (name, (type, help, samples)) in families)
        {
            target.WriteLine($"# HELP {name} {help}");
            target.WriteLine($"# TYPE {name} {type}");
            foreach (var sample in samples)
            {
                target.WriteLine(sample);
            }
        }
    }

    private void Add(string type, string name, string help, IReadOnlyList<(string Name, string Value)> labels, double? value)
    {
        if (value is not { } figure || !double.IsFinite(figure))
        {
            return;
        }

        if (!families.TryGetValue(name, out var family))
        {
            families[name] = family = (type, help, []);
        }

        var which = $"{name}{{{string.Join(',', labels.Select(static label => $"{label.Name}=\"{Escaped(label.Value)}\""))}}}";

        // Nobody takes a text in which one series stands twice, as of a journal that is given twice.
        if (series.Add(which))
        {
            family.Samples.Add($"{which} {figure.ToString("R", CultureInfo.InvariantCulture)}");
        }
    }

    private static string Escaped(string value)
    {
        var made = new StringBuilder(value.Length + 4);
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => made.Append("\\\\"),
                '"' => made.Append("\\\""),
                '\n' => made.Append("\\n"),
                _ when char.IsControl(c) => made.Append(CultureInfo.InvariantCulture, $"\\\\x{(int)c:x2}"),
                _ => made.Append(c),
            };
        }

        return made.ToString();
    }
}
