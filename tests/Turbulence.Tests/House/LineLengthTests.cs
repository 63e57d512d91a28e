using System.Globalization;

namespace Turbulence.Tests.House;

/// <summary>
/// The lines of the product are as short as .editorconfig declares. A text may stay in one piece, so that whoever has read it finds it, and so
/// may a line of a picture.
/// </summary>
public sealed class LineLengthTests
{
    private const string Declaration = "max_line_length = ";

    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    [Fact]
    public void None_is_longer_than_declared()
    {
        var declared = File.ReadLines(Path.Combine(Root, ".editorconfig")).Single(line => line.StartsWith(Declaration, StringComparison.Ordinal));
        var most = int.Parse(declared[Declaration.Length..], CultureInfo.InvariantCulture);
        var files = Directory.GetFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories);
        Assert.True(files.Length > 500);
        Assert.Empty(files.SelectMany(file => File.ReadLines(file)
            .Select((line, index) => (Line: line, Place: $"{Path.GetRelativePath(Root, file)}:{index + 1}"))
            .Where(found => found.Line.Length > most && !found.Line.Contains('"', StringComparison.Ordinal) && !found.Line.Contains('─', StringComparison.Ordinal))
            .Select(static found => found.Place)));
    }
}
