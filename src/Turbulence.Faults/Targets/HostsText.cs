namespace Turbulence.Faults.Targets;

/// <summary>The text of a hosts file (hosts(5)), and a fault's lines at its top.</summary>
internal static class HostsText
{
    /// <summary>The text with a line of the fault before all others, because the first line counts.</summary>
    public static string With(string text, string fault, string line) => Has(text, fault) ? text : $"{Begin(fault)}{line}\n{End(fault)}{text}";

    /// <summary>The text without the fault's lines; everything else stays as it is, to the byte.</summary>
    public static string Without(string text, string fault)
    {
        var begin = text.IndexOf(Begin(fault), StringComparison.Ordinal);
        var end = begin < 0 ? -1 : text.IndexOf(End(fault), begin, StringComparison.Ordinal);
        return end < 0 ? text : text.Remove(begin, end + End(fault).Length - begin);
    }

    public static bool Has(string text, string fault) => text.Contains(Begin(fault), StringComparison.Ordinal);

    /// <summary>Whether a line of the text names the host.</summary>
    public static bool Names(string text, string host) => text.Split('\n')
        .SelectMany(line => line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries).Skip(1))
        .Contains(host, StringComparer.OrdinalIgnoreCase);

    private static string Begin(string fault) => $"# turbulence {fault} begin\n";

    private static string End(string fault) => $"# turbulence {fault} end\n";
}
