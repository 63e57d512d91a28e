using YamlDotNet.Core;

namespace Turbulence.Experiments.Loading;

/// <summary>The parser's places and texts in our form.</summary>
internal static class YamlMistake
{
    /// <summary>The same place, counted as everywhere here.</summary>
    public static SourcePosition ToPosition(this Mark mark) => new((int)mark.Line, (int)mark.Column);

    /// <summary>The parser's text as one line that begins small and ends without a full stop, for use behind a colon.</summary>
    public static string Text(YamlException mistake)
    {
        var text = mistake.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        return text.Length == 0 ? "this is not YAML" : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
