using System.Globalization;

namespace Turbulence.Tests.House;

/// <summary>
/// Lines are as short as .editorconfig declares. A text may stay in one piece, so that whoever has read it finds it, and so may a line of
/// a picture.
/// </summary>
public sealed class LineLengthTests
{
    private const string Declaration = "max_line_length = ";
    private const string Raw = "\"\"\"";

    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    [Theory]
    [InlineData("src", 500)]
    [InlineData("tests", 300)]
    [InlineData("samples", 20)]
    [InlineData("benchmarks", 1)]
    public void None_is_longer_than_declared(string folder, int least)
    {
        var declared = File.ReadLines(Path.Combine(Root, ".editorconfig"))
            .Single(line => line.StartsWith(Declaration, StringComparison.Ordinal));
        var most = int.Parse(declared[Declaration.Length..], CultureInfo.InvariantCulture);
        string[] files =
        [
            .. Directory.GetFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
                .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)),
        ];
        Assert.InRange(files.Length, least, int.MaxValue);
        Assert.Empty(files.SelectMany(file => TooLong(file, most)));
    }

    private static IEnumerable<string> TooLong(string file, int most)
    {
        var isText = false;
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            if (line.Length > most && !isText && !line.Contains('"', StringComparison.Ordinal) && !line.Contains('─', StringComparison.Ordinal))
            {
                yield return $"{Path.GetRelativePath(Root, file)}:{index + 1}";
            }

            // A text of several lines begins or ends here, or both.
            isText ^= line.Split(Raw).Length % 2 == 0;
        }
    }
}
