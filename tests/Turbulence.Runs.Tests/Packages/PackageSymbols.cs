using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json.Nodes;

namespace Turbulence.Runs.Tests.Packages;

/// <summary>What the symbols of an assembly say of its sources.</summary>
internal static class PackageSymbols
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    /// <summary>Fails unless they are of this assembly, both the same wherever they are built, and each source can be had.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="symbols">Its symbols.</param>
    public static void LeadToSources(byte[] assembly, byte[] symbols)
    {
        using var program = new PEReader(ImmutableArray.Create(assembly));
        var entries = program.ReadDebugDirectory();
        Assert.Contains(entries, static entry => entry.Type == DebugDirectoryEntryType.Reproducible);
        var code = program.ReadCodeViewDebugDirectoryData(entries.Single(static entry => entry.Type == DebugDirectoryEntryType.CodeView));
        Assert.StartsWith("/_/", code.Path, StringComparison.Ordinal);

        using var provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableArray.Create(symbols));
        var reader = provider.GetMetadataReader();
        Assert.Equal(code.Guid, new BlobContentId(reader.DebugMetadataHeader!.Id).Guid);
        var links = Links(reader);
        Assert.NotEmpty(reader.Documents);
        foreach (var document in reader.Documents)
        {
            var name = reader.GetString(reader.GetDocument(document).Name);
            Assert.StartsWith("/_", name, StringComparison.Ordinal);
            Assert.True(IsEmbedded(reader, document) || links.Any(link => name.StartsWith(link, StringComparison.Ordinal)), name);
        }
    }

    private static bool IsEmbedded(MetadataReader reader, DocumentHandle document) =>
        reader.GetCustomDebugInformation(document)
            .Any(handle => reader.GetGuid(reader.GetCustomDebugInformation(handle).Kind) == EmbeddedSource);

    // Where what begins so can be fetched.
    private static List<string> Links(MetadataReader reader) =>
    [
        .. from handle in reader.CustomDebugInformation
           let information = reader.GetCustomDebugInformation(handle)
           where reader.GetGuid(information.Kind) == SourceLink
           from link in JsonNode.Parse(reader.GetBlobBytes(information.Value))!["documents"]!.AsObject()
           where link.Value!.GetValue<string>().StartsWith("https://", StringComparison.Ordinal)
           select link.Key.TrimEnd('*'),
    ];
}
