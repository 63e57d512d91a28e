using System.Text.RegularExpressions;

namespace Turbulence.Tests.House;

/// <summary>
/// <c>docs/environment.md</c> and <c>docs/telemetry.md</c> name every variable of the environment that the program reads or sets.
/// </summary>
public sealed partial class EnvironmentPageTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", ".."));

    [Fact]
    public void Every_variable_of_the_sources_is_told()
    {
        var told = File.ReadAllText(Path.Combine(Root, "docs", "environment.md")) + File.ReadAllText(Path.Combine(Root, "docs", "telemetry.md"));
        var read = Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(static file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(static file => Variables(File.ReadAllText(file)).Select(name => (Name: name, File: Path.GetFileName(file))))
            .ToLookup(static one => one.Name, static one => one.File);
        Assert.InRange(read.Count, 40, int.MaxValue);
        Assert.Equal([], read.Where(one => !IsTold(told, one.Key)).Select(static one => $"{one.Key} ({one.First()})"));
    }

    [Theory]
    [InlineData("x = Environment.GetEnvironmentVariable(\"PAGER\");", "PAGER")]
    [InlineData("if (variable(\"EDITOR\") is { } editor)", "EDITOR")]
    [InlineData("public const string Variable = \"TURBULENCE_NEW\";", "TURBULENCE_NEW")]
    [InlineData("foreach (var name in (ReadOnlySpan<string>)[\"LC_ALL\", \"LC_TIME\"])", "LC_ALL LC_TIME")]
    [InlineData("Text($\"OTEL_{signal}_EXPORTER\")", "OTEL_")]
    [InlineData("throw new Problem(\"NOTHING\");", "")]
    public void A_variable_is_known_by_who_reads_it_or_by_its_name(string source, string names) =>
        Assert.Equal(names, string.Join(' ', Variables(source)));

    [Fact]
    public void What_is_not_told_is_found() => Assert.False(IsTold("`TURBULENCE_STATES` and `MY_TURBULENCE_STATE`", "TURBULENCE_STATE"));

    private static IEnumerable<string> Variables(string source) =>
        Read().Matches(source).Concat(Named().Matches(source)).Select(static match => match.Groups[1].Value).Distinct();

    // Of a name that is put together, or of a family, as of OTEL_BSP_, its beginning.
    private static bool IsTold(string page, string name) => name.EndsWith('_')
        ? page.Contains(name, StringComparison.Ordinal)
        : Regex.IsMatch(page, $"(?<![A-Za-z_]){Regex.Escape(name)}(?![A-Za-z_])") || IsToldByItsEnd(page, name);

    // The table of telemetry has `OTEL_BSP_SCHEDULE_DELAY`, `_MAX_QUEUE_SIZE`.
    private static bool IsToldByItsEnd(string page, string name) => Family().Match(name) is { Success: true } match
        && page.Contains(match.Groups[1].Value, StringComparison.Ordinal)
        && (page.Contains($"`{match.Groups[2].Value}", StringComparison.Ordinal) || page.Contains($"{match.Groups[1].Value}_…", StringComparison.Ordinal));

    [GeneratedRegex(@"(?:GetEnvironmentVariable|[eE]nvironment|[vV]ariable|TryGet)\(""([A-Z_][A-Za-z0-9_]*)""")]
    private static partial Regex Read();

    [GeneratedRegex(@"""((?:TURBULENCE|OTEL|XDG|VAULT|DOTNET|COMPlus|CORECLR|CHAOSTOOLKIT|FAKETIME|LC)_(?>[A-Za-z_]*))(?![0-9])")]
    private static partial Regex Named();

    [GeneratedRegex("^(OTEL_[A-Z]+)(_[A-Z_]+)$")]
    private static partial Regex Family();
}
