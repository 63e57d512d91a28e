namespace Turbulence.Runs.Tests.Packages;

/// <summary>The C# of a page of Markdown.</summary>
internal static class CodeBlocks
{
    private const string Begin = "```csharp\n";

    /// <summary>Reads it.</summary>
    /// <param name="page">The page's file.</param>
    public static IEnumerable<string> Of(string page)
    {
        var text = File.ReadAllText(page);
        return text.Split(Begin)[1..].Select(static rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);
    }
}
