namespace Turbulence.Loading;

/// <summary>Finds a document's notation by its name.</summary>
internal static class DocumentFormats
{
    /// <summary>
    /// The format of a file's extension, which is compared exactly, as the reference does. A name that begins with its only
    /// dot has no extension.
    /// </summary>
    public static DocumentFormat? OfPath(string path) => Path.GetExtension(Path.GetFileName(path).TrimStart('.')) switch
    {
        ".json" => DocumentFormat.Json,
        ".yaml" or ".yml" => DocumentFormat.Yaml,
        _ => null,
    };
}
