using System.IO.Compression;
using System.Xml.Linq;

namespace Turbulence.Runs.Tests.Packages;

/// <summary>
/// The tool as <c>.ci/run</c> packs it, installed for a user who has nothing yet: as this platform gets it, and as one gets it for which
/// there is no native program.
/// </summary>
public sealed class InstalledTools : IAsyncLifetime
{
    private const string Settings = "tools/any/any/DotnetToolSettings.xml";

    private readonly TemporaryFolder folder = new();

    /// <summary>The folder that the packages come from.</summary>
    public static string Packages { get; } = Path.GetFullPath(
        Path.Combine(Environment.GetEnvironmentVariable("NATIVE_PROGRAMS") ?? "nowhere", "..", "packages"));

    /// <summary>The environment of that user.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["DOTNET_CLI_HOME"] = folder["home of a user"],
        ["HOME"] = folder["home of a user"],
        ["NUGET_PACKAGES"] = folder["packages of a user"],
    };

    /// <summary>A folder with no other source of packages.</summary>
    /// <param name="variant"><c>native</c> or <c>any</c>.</param>
    public string Folder(string variant) => folder[variant];

    /// <summary>The installed command.</summary>
    /// <param name="variant"><c>native</c> or <c>any</c>.</param>
    public string Command(string variant) => Path.Combine(folder[variant], "tools", "chaos");

    /// <summary>What the package says of who gets which.</summary>
    public static IReadOnlyDictionary<string, string> Choices()
    {
        using var archive = ZipFile.OpenRead(Pointer(Packages));
        using var content = archive.GetEntry(Settings)!.Open();
        return XDocument.Load(content).Descendants("RuntimeIdentifierPackage")
            .ToDictionary(static choice => choice.Attribute("RuntimeIdentifier")!.Value, static choice => choice.Attribute("Id")!.Value);
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!Share.IsAll || !Directory.Exists(Packages))
        {
            return;
        }

        Directory.CreateDirectory(folder["home of a user"]);
        foreach (var variant in (string[])["native", "any"])
        {
            var feed = Directory.CreateDirectory(Path.Combine(folder[variant], "feed")).FullName;
            foreach (var package in Directory.EnumerateFiles(Packages, "Turbulence.Tool.*.nupkg"))
            {
                File.Copy(package, Path.Combine(feed, Path.GetFileName(package)));
            }

            if (variant == "any")
            {
                RemoveNative(Pointer(feed));
            }

            folder.Write(
                Path.Combine(variant, "nuget.config"),
                """<configuration><packageSources><clear /><add key="feed" value="feed" /></packageSources></configuration>""");
            var variables = new Dictionary<string, string>(Variables) { ["NUGET_PACKAGES"] = folder[$"packages for {variant}"] };
            await OuterProgram.DotNet(folder[variant], variables)
                .RunAsync("tool", "install", "--tool-path", "tools", "Turbulence.Tool", "--prerelease");
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    // Of the packages that begin so, the one whose name goes on with its version.
    private static string Pointer(string packages) => Directory.EnumerateFiles(packages, "Turbulence.Tool.*.nupkg")
        .Single(static file => char.IsAsciiDigit(Path.GetFileName(file)["Turbulence.Tool.".Length]));

    private static void RemoveNative(string pointer)
    {
        using var archive = ZipFile.Open(pointer, ZipArchiveMode.Update);
        using var content = archive.GetEntry(Settings)!.Open();
        var settings = XDocument.Load(content);
        settings.Descendants("RuntimeIdentifierPackage")
            .Where(static choice => choice.Attribute("RuntimeIdentifier")!.Value != "any")
            .Remove();
        content.SetLength(0);
        settings.Save(content);
    }
}
