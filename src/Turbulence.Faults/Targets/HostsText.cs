namespace Turbulence.Faults.Targets;

/// <summary>The text of a hosts file (hosts(5)), and a fault's lines in it.</summary>
internal static class HostsText
{
    private const string Ended = ", after a line without an end";

    /// <summary>What is put behind a text. The first mark says whether an unfinished line before it was ended.</summary>
    public static string Lines(string text, string fault, string line) =>
        $"{(IsFinished(text) ? Begin(fault, "") : "\n" + Begin(fault, Ended))}{line}\n{End(fault)}";

    /// <summary>Where the fault's lines are in the text; null where they are not, or not whole.</summary>
    public static Range? Find(string text, string fault)
    {
        var begin = text.IndexOf(Begin(fault, ""), StringComparison.Ordinal);
        if (begin < 0)
        {
            begin = text.IndexOf("\n" + Begin(fault, Ended), StringComparison.Ordinal);
        }

        var end = begin < 0 ? -1 : text.IndexOf(End(fault), begin, StringComparison.Ordinal);
        return end < 0 ? null : begin..(end + End(fault).Length);
    }

    /// <summary>Whether anything of the fault is in the text.</summary>
    public static bool Has(string text, string fault) => text.Contains($"# turbulence {fault} ", StringComparison.Ordinal);

    /// <summary>Whether the fault's line is in effect.</summary>
    public static bool Has(string text, string fault, string line) =>
        Find(text, fault) is { } range && text[range].Contains($"\n{line}\n", StringComparison.Ordinal);

    /// <summary>Whether a line of the text names the host.</summary>
    public static bool Names(string text, string host) => text.Split('\n')
        .SelectMany(line => line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries).Skip(1))
        .Contains(host, StringComparer.OrdinalIgnoreCase);

    private static bool IsFinished(string text) => text.Length == 0 || text[^1] == '\n';

    private static string Begin(string fault, string how) => $"# turbulence {fault} begin{how}\n";

    private static string End(string fault) => $"# turbulence {fault} end\n";
}
