using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Settings;

namespace Turbulence.Tests.Settings;

public sealed class GlobalControlsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Section_9_1_those_of_the_settings_come_first_then_the_files_in_their_order()
    {
        var problems = new ProblemList(new DocumentMap());
        var controls = GlobalControls.Read(
            JsonNode.Parse("""{ "s": { "provider": {} } }""")!.AsObject(),
            [Write("b.yml", "y: { scope: before }"), Write("plain", """{ "p": {} }"""), Write("a.json", """{ "j": {} }""")],
            problems);
        Assert.Empty(problems);
        Assert.Equal(["s", "y", "p", "j"], controls.Select(control => control.Name));
    }

    [Theory]
    [InlineData("a.toml", "x = 1", "its extension must be .json, .yaml or .yml")]
    [InlineData("a.json", "{", "(line 1)")]
    [InlineData("plain", "y: {}", "(line 1)")]
    [InlineData("a.yaml", "- 1", "must hold a map of names to controls")]
    [InlineData("a.yaml", "x: 1", "the control 'x' must be a map")]
    [InlineData("a.json", "", "control file")]
    public void What_is_no_control_file_is_told_with_its_name(string name, string text, string message)
    {
        var problems = new ProblemList(new DocumentMap());
        GlobalControls.Read([], [Write(name, text)], problems);
        var problem = Assert.Single(problems);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
        Assert.Contains(folder[name], problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Section_12_3_a_control_file_must_exist()
    {
        var problems = new ProblemList(new DocumentMap());
        GlobalControls.Read([], [folder["none.json"]], problems);
        Assert.EndsWith("does not exist", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        File.WriteAllText(folder[name], text);
        return folder[name];
    }
}
