using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>One line for people, made from a run event.</summary>
/// <param name="Level">How much it weighs.</param>
/// <param name="Text">The text; a line break in it begins a continuation line.</param>
internal readonly record struct Line(NoticeLevel Level, string Text)
{
    /// <summary>Whether it is the verdict, which is said to whoever wants to hear as little as there is.</summary>
    public bool IsVerdict { get; init; }

    /// <summary>What goes on.</summary>
    public static Line Info(string text) => new(NoticeLevel.Information, text);

    /// <summary>For whoever looks for a fault in the experiment.</summary>
    public static Line Debug(string text) => new(NoticeLevel.Debug, text);

    /// <summary>Somebody should look.</summary>
    public static Line Warning(string text) => new(NoticeLevel.Warning, text);

    /// <summary>Something did not work.</summary>
    public static Line Error(string text) => new(NoticeLevel.Error, text);

    /// <summary>The run's verdict depends on it.</summary>
    public static Line Critical(string text) => new(NoticeLevel.Critical, text);
}
