namespace Turbulence.Cli.Lines;

/// <summary>A file that a run was to leave.</summary>
/// <param name="Kind">What it is: <c>journal</c>, <c>report</c>.</param>
/// <param name="Path">The file, as it was asked for.</param>
/// <param name="Problem">What is wrong with it in two or three words, as <c>not written</c>; null where it is as it should be.</param>
internal sealed record RunFile(string Kind, string Path, string? Problem)
{
    /// <summary>Where it is, and what is wrong with it: <c>report: report.md</c>.</summary>
    public string Text => $"{Kind}: {Path}{(Problem is null ? "" : $" ({Problem})")}";
}
