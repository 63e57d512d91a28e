using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Loading;

namespace Turbulence.Reports.Places;

/// <summary>
/// Where in the file of an experiment its activities stand. The file is looked at as it is now: where it is not there, or is no experiment
/// any more, nothing is known.
/// </summary>
internal sealed class ExperimentPlaces
{
    // A pipe and a device have no length, and what is larger was written by no person.
    private const long MostBytes = 16 * 1024 * 1024;

    private readonly Dictionary<(string Stage, string Name), int> lines = [];

    private ExperimentPlaces(string location) => Location = location;

    /// <summary>The file as a URI: relative to the folder of the report where it is in that.</summary>
    public string Location { get; }

    /// <summary>Looks a file up.</summary>
    /// <param name="source">The file, as it was given to the run; null where nobody knows.</param>
    /// <param name="folder">What it is relative to.</param>
    /// <returns>Null where there is no such file.</returns>
    public static ExperimentPlaces? Of(string? source, string folder)
    {
        if (string.IsNullOrEmpty(source))
        {
            return null;
        }

        try
        {
            var path = Path.GetFullPath(source, folder);
            var places = new ExperimentPlaces(UriOf(path, folder));
            if (new FileInfo(path) is not { Exists: true } file)
            {
                return null;
            }

            if (file.Length is > 0 and <= MostBytes)
            {
                places.Read(File.ReadAllBytes(path), Path.GetExtension(path));
            }

            return places;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>A file as a URI: relative to a folder where it is in that.</summary>
    public static string UriOf(string path, string folder)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            return Uri.EscapeDataString(path);
        }

        var relative = Path.GetRelativePath(folder, Path.GetFullPath(path, folder));
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? new Uri(Path.GetFullPath(path, folder)).AbsoluteUri
            : string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
    }

    /// <summary>The line of an activity, from 1; null where nobody knows.</summary>
    /// <param name="stage">The key of the list that it stands in: <c>method</c>; a hypothesis has <c>probes</c>.</param>
    /// <param name="name">Its name.</param>
    public int? Line(string stage, string name) => lines.TryGetValue((stage, name), out var line) ? line : null;

    private void Read(byte[] text, string extension)
    {
        var read = extension.ToLowerInvariant() is ".json" ? JsonDocumentReader.Read(text) : YamlDocumentReader.Read(text);
        if (read.HasErrors || read.Root is not JsonObject root)
        {
            return;
        }

        Add("probes", (root["steady-state-hypothesis"] as JsonObject)?["probes"], read.Map);
        Add("method", root["method"], read.Map);
        Add("rollbacks", root["rollbacks"], read.Map);
    }

    private void Add(string stage, JsonNode? list, DocumentMap map)
    {
        foreach (var activity in (list as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            var named = activity["name"] ?? activity["ref"];
            if (named is JsonValue value && value.TryGetValue<string>(out var name) && (map.Find(named) ?? map.Find(activity)) is { } at)
            {
                lines.TryAdd((stage, name), at.Line);
            }
        }
    }
}
