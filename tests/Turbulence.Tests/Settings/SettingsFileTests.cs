using System.Text.Json.Nodes;
using CsCheck;
using Turbulence.Settings;

namespace Turbulence.Tests.Settings;

public sealed class SettingsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string FilePath => folder["settings.yaml"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Section_10_1_no_file_is_no_failure()
    {
        var reading = new SettingsFile(FilePath).Read();
        Assert.Equal((false, null, null), (reading.Exists, reading.Root, reading.Failure));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("null\n")]
    [InlineData("{}")]
    public void Section_10_1_an_empty_file_is_an_empty_map(string text)
    {
        File.WriteAllText(FilePath, text);
        var reading = new SettingsFile(FilePath).Read();
        Assert.Null(reading.Failure);
        Assert.Empty(reading.Root!);
    }

    [Theory]
    [InlineData("a: [1\n", "Failed parsing YAML settings: ")]
    [InlineData("- 1\n", "Failed parsing YAML settings: settings are a map")]
    [InlineData("text", "Failed parsing YAML settings: settings are a map")]
    [InlineData("a: \0", "Failed parsing YAML settings: ")]
    public void Section_10_1_what_is_not_settings_is_told_in_one_line(string text, string failure)
    {
        File.WriteAllText(FilePath, text);
        var reading = new SettingsFile(FilePath).Read();
        Assert.Null(reading.Root);
        Assert.StartsWith(failure, reading.Failure, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', reading.Failure!);
    }

    [Fact]
    public void Reading_and_understanding_never_throw() => Gen.Byte.Array[0, 80].Sample(bytes =>
    {
        using var own = new TemporaryFolder();
        File.WriteAllBytes(own["s"], bytes);
        var reading = new SettingsFile(own["s"]).Read();
        Assert.True(reading.Exists && (reading.Root is null) == (reading.Failure is not null));
    });

    [Fact]
    public void A_folder_is_no_file() => Assert.False(new SettingsFile(folder.Path).Read().Exists);

    [Fact]
    public void Section_12_6_a_file_is_replaced_whole_and_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            Needs.That(false, "modes are Unix's");
            return;
        }

        File.WriteAllText(FilePath, "# mine\nb: 1\n");
        File.SetUnixFileMode(FilePath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        using var reader = new StreamReader(FilePath);
        var file = new SettingsFile(FilePath);
        Assert.Null(file.Write(new JsonObject { ["b"] = 2, ["a"] = "on" }));
        Assert.Equal("a: 'on'\nb: 2\n", File.ReadAllText(FilePath));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(FilePath));
        Assert.Equal("# mine\nb: 1\n", reader.ReadToEnd());
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_new_file_is_its_owner_s_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Needs.That(false, "modes are Unix's");
            return;
        }

        Assert.Null(new SettingsFile(FilePath).Write(new JsonObject { ["a"] = 1 }));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
    }

    [Fact]
    public void A_link_stays_a_link()
    {
        Needs.That(!OperatingSystem.IsWindows(), "links need a privilege there");
        File.WriteAllText(folder["real.yaml"], "a: 1\n");
        File.CreateSymbolicLink(FilePath, folder["real.yaml"]);
        Assert.Null(new SettingsFile(FilePath).Write(new JsonObject { ["a"] = 2 }));
        Assert.NotNull(new FileInfo(FilePath).LinkTarget);
        Assert.Equal("a: 2\n", File.ReadAllText(folder["real.yaml"]));
    }

    [Fact]
    public void A_file_that_cannot_be_written_is_one_line() =>
        Assert.StartsWith(
            "Failed writing the settings ", new SettingsFile(folder["no/such/settings.yaml"]).Write([]), StringComparison.Ordinal);
}
