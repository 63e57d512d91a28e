using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>The names of the levels, as the reference runner writes them.</summary>
internal static class LevelName
{
    /// <summary>The name in a line: <c>INFO</c>, <c>CRITICAL</c>.</summary>
    public static string Of(NoticeLevel level) => level switch
    {
        NoticeLevel.Debug => "DEBUG",
        NoticeLevel.Information => "INFO",
        NoticeLevel.Warning => "WARNING",
        NoticeLevel.Error => "ERROR",
        _ => "CRITICAL",
    };

    /// <summary>The level that an option names: <c>debug</c>, <c>info</c>, <c>warning</c>, <c>error</c>.</summary>
    public static NoticeLevel Parse(string option) => option switch
    {
        "info" => NoticeLevel.Information,
        "warning" => NoticeLevel.Warning,
        "error" => NoticeLevel.Error,
        _ => NoticeLevel.Debug,
    };
}
