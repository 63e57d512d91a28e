using System.Text;
using System.Xml.Linq;

namespace Turbulence.Runs.Tests.Packages;

public sealed class PackageTests(PackedFolder packages)
{
    // Whoever makes another project a package says here that it is meant to be one.
    public static TheoryData<string> Packages { get; } = Share.Of(
        new TheoryData<string>(
            "Turbulence", "Turbulence.Faults", "Turbulence.Hosts", "Turbulence.Load", "Turbulence.Platform", "Turbulence.Proxy",
            "Turbulence.Proxy.Api", "Turbulence.Reports", "Turbulence.Runs", "Turbulence.Sdk", "Turbulence.Telemetry", "Turbulence.Testing"),
        static _ => false);

    [GateFact]
    public async Task There_is_a_package_for_each_library_and_no_other()
    {
        var folder = await packages.GetAsync();
        var meant = Packages.Select(static row => row.Data).Order(StringComparer.Ordinal).ToList();

        Assert.Equal([.. meant.Append("Turbulence.Templates").Order(StringComparer.Ordinal)], Names(folder, "nupkg"));
        Assert.Equal(meant, Names(folder, "snupkg"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task It_says_what_it_is(string package)
    {
        var file = PackageFile.Read(await packages.FileAsync(package));

        Assert.Equal("MIT", file.Says("license"));
        Assert.NotEqual("Package Description", file.Says("description"));
        Assert.NotEmpty(file.Says("description"));
        Assert.NotEmpty(file.Says("authors"));
        Assert.NotEmpty(file.Says("copyright"));
        Assert.Contains("chaos-engineering", file.Says("tags").Split(' '));
        Assert.StartsWith($"# {package}\n", Encoding.UTF8.GetString(file.Files[file.Says("readme")]), StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], file.Files[file.Says("icon")][..4]);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Its_library_comes_with_the_documentation_of_what_is_public(string package)
    {
        var file = PackageFile.Read(await packages.FileAsync(package));

        var library = Assert.Single(file.Libraries);
        Assert.Equal($"lib/net10.0/{package}.dll", library);
        var documentation = XDocument.Load(new MemoryStream(file.Files[Path.ChangeExtension(library, "xml")]));
        Assert.Equal(package, documentation.Root!.Element("assembly")!.Element("name")!.Value);
        Assert.NotEmpty(documentation.Root.Element("members")!.Elements());
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Its_symbols_lead_to_each_source(string package)
    {
        Needs.That(PackedFolder.IsRelease, "only what is built for release is the same wherever it is built");
        var file = PackageFile.Read(await packages.FileAsync(package));
        var symbols = PackageFile.Read(await packages.FileAsync(package, "snupkg"));

        var library = Assert.Single(file.Libraries);
        PackageSymbols.LeadToSources(file.Files[library], symbols.Files[Path.ChangeExtension(library, "pdb")]);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task Nothing_in_it_tells_where_it_was_built(string package)
    {
        Needs.That(PackedFolder.IsRelease, "only what is built for release is the same wherever it is built");
        byte[][] places = [Encoding.UTF8.GetBytes(BuiltProgram.Root), Encoding.Unicode.GetBytes(BuiltProgram.Root)];
        foreach (var extension in (string[])["nupkg", "snupkg"])
        {
            Assert.All(PackageFile.Read(await packages.FileAsync(package, extension)).Files, file =>
                Assert.All(places, place => Assert.True(file.Value.AsSpan().IndexOf(place) < 0, file.Key)));
        }
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task It_needs_packages_of_the_same_version_and_those_of_others_alone(string package)
    {
        var file = PackageFile.Read(await packages.FileAsync(package));

        var needs = file.Metadata.Descendants().Where(static element => element.Name.LocalName == "dependency").ToList();
        Assert.All(needs.Where(static need => Id(need).StartsWith("Turbulence", StringComparison.Ordinal)), static need =>
        {
            Assert.Contains(Id(need), Packages.Select(static row => row.Data));
            Assert.Equal(PackedFolder.Version, need.Attribute("version")!.Value);
        });
        var central = XDocument.Load(Path.Combine(BuiltProgram.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(static version => (Id: (version.Attribute("Include") ?? version.Attribute("Update"))!.Value, Version: version.Attribute("Version")!.Value))
            .ToHashSet();
        Assert.All(needs.Where(static need => !Id(need).StartsWith("Turbulence", StringComparison.Ordinal)), need =>
            Assert.Contains((Id(need), need.Attribute("version")!.Value), central));
    }

    private static string Id(XElement need) => need.Attribute("id")!.Value;

    private static List<string> Names(string folder, string extension) =>
    [
        .. Directory.EnumerateFiles(folder, $"*.{extension}")
            .Select(static file => Path.GetFileName(file))
            .Select(static name => name[..name.IndexOf($".{PackedFolder.Version}", StringComparison.Ordinal)])
            .Order(StringComparer.Ordinal),
    ];
}
