using System.IO.Compression;
using System.Xml.Linq;

namespace Turbulence.Runs.Tests.Packages;

/// <summary>What is in a package.</summary>
internal sealed class PackageFile
{
    private PackageFile(IReadOnlyDictionary<string, byte[]> files)
    {
        Files = files;
        var nuspec = files.Single(static file => file.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value;
        Metadata = XDocument.Load(new MemoryStream(nuspec)).Root!.Elements().Single(static element => element.Name.LocalName == "metadata");
    }

    /// <summary>Its files, by their path.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>What it says of itself.</summary>
    public XElement Metadata { get; }

    /// <summary>The assemblies that its users reference.</summary>
    public IEnumerable<string> Libraries => Files.Keys.Where(static name =>
        name.StartsWith("lib/", StringComparison.Ordinal) && name.EndsWith(".dll", StringComparison.Ordinal));

    /// <summary>Reads one.</summary>
    /// <param name="path">The package.</param>
    public static PackageFile Read(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return new PackageFile(archive.Entries.ToDictionary(static entry => entry.FullName, Read));
    }

    /// <summary>A value of what it says of itself; empty where it does not say.</summary>
    /// <param name="name">The name.</param>
    public string Says(string name) => Metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value ?? "";

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
