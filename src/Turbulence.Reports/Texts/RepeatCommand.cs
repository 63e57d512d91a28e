using System.Globalization;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Texts;

/// <summary>How a run is made again: the command, with the seed of its random choices.</summary>
internal static class RepeatCommand
{
    /// <summary>The command, as a shell takes it; null where the journal does not say which file was run.</summary>
    public static string? Of(ReportedRun run)
    {
        if (run.Source is not { Length: > 0 } source || source.AsSpan().ContainsAny('\n', '\r', '\0'))
        {
            return null;
        }

        List<string> words = ["chaos", "run"];
        if (run.Seed is { } seed)
        {
            words.AddRange(["--seed", seed.ToString(CultureInfo.InvariantCulture)]);
        }

        if (run.Compatibility is { } whose)
        {
            words.AddRange(["--compat", Quoted(whose)]);
        }

        if (run.Dry is { } dry)
        {
            words.AddRange(["--dry", Quoted(dry)]);
        }

        if (source[0] == '-')
        {
            words.Add("--");
        }

        return string.Join(' ', [.. words, Quoted(source)]);
    }

    private static string Quoted(string word) =>
        word.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_' or ':' or '=' or '@' or ',')
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
