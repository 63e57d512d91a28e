namespace Turbulence.Cli.Mcp;

/// <summary>What a tool takes: a text.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it says.</param>
/// <param name="IsRequired">Whether it has to be there.</param>
internal sealed record ToolArgument(string Name, string Description, bool IsRequired)
{
    /// <summary>The longest text that one can be, in characters: a path, a word.</summary>
    public const int Longest = 4096;

    /// <summary>What it may be; empty for any text.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
