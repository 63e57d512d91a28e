namespace Turbulence.Loading;

/// <summary>The tags of YAML 1.1 (yaml.org/type) that a safe loader knows, without their common beginning.</summary>
internal static class YamlTags
{
    public const string Null = "null";
    public const string Boolean = "bool";
    public const string Integer = "int";
    public const string Float = "float";
    public const string Text = "str";
    public const string Timestamp = "timestamp";
    public const string Binary = "binary";
    public const string Sequence = "seq";
    public const string Mapping = "map";
    public const string Set = "set";
    public const string OrderedMap = "omap";
    public const string Pairs = "pairs";
    private const string Beginning = "tag:yaml.org,2002:";

    /// <summary>The part behind <c>tag:yaml.org,2002:</c>; the whole tag where it begins otherwise.</summary>
    public static string Short(string tag) => tag.StartsWith(Beginning, StringComparison.Ordinal) ? tag[Beginning.Length..] : tag;

    /// <summary>The tag as people write it: <c>!!int</c>, <c>!custom</c>.</summary>
    public static string Shown(string tag) =>
        tag.StartsWith(Beginning, StringComparison.Ordinal) ? "!!" + tag[Beginning.Length..] : tag;
}
