using System.Text.Json.Nodes;

namespace Turbulence.Proxy.Toxics;

/// <summary>The attributes of a toxic, all of them, each as its kind allows.</summary>
internal sealed class ToxicValues
{
    private readonly JsonObject all;

    private ToxicValues(JsonObject all)
    {
        this.all = all;
    }

    /// <summary>Reads attributes.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="given">What is given.</param>
    /// <param name="former">What holds where it is not given; null for the defaults.</param>
    /// <param name="problem">What is wrong, in one line.</param>
    /// <returns>The values; null where something is wrong.</returns>
    public static ToxicValues? Read(ToxicKind kind, JsonObject? given, ToxicValues? former, out string? problem)
    {
        problem = null;
        foreach (var (name, _) in given ?? [])
        {
            if (!kind.Attributes.Any(attribute => attribute.Name == name))
            {
                problem =
                    $"{kind.Name} has no attribute {name}; it has {(kind.Attributes.Count == 0 ? "none" : string.Join(", ", kind.Attributes.Select(attribute => attribute.Name)))}";
                return null;
            }
        }

        var all = new JsonObject();
        foreach (var attribute in kind.Attributes)
        {
            var value = given?[attribute.Name] is { } own
                ? own.DeepClone()
                : former?.all[attribute.Name]?.DeepClone() ?? JsonNode.Parse(attribute.Default);
            if (!attribute.Allows(value))
            {
                problem = $"{kind.Name}: {attribute.Name} must be {attribute.Expected}, not {value?.ToJsonString() ?? "null"}";
                return null;
            }

            all[attribute.Name] = value;
        }

        var values = new ToxicValues(all);
        problem = kind.Problem(values) is { } found ? $"{kind.Name}: {found}" : null;
        return problem is null ? values : null;
    }

    /// <summary>A whole number.</summary>
    public long Integer(ToxicAttribute attribute) => (long)Number(attribute);

    /// <summary>A number.</summary>
    public double Number(ToxicAttribute attribute) => ToxicAttribute.Number(all[attribute.Name])!.Value;

    /// <summary>A text, or the chosen word.</summary>
    public string Text(ToxicAttribute attribute) => all[attribute.Name]!.GetValue<string>();

    /// <summary>True or false.</summary>
    public bool Boolean(ToxicAttribute attribute) => all[attribute.Name]!.GetValue<bool>();

    /// <summary>All of them, as JSON; a copy.</summary>
    public JsonObject ToJson() => all.DeepClone().AsObject();
}
