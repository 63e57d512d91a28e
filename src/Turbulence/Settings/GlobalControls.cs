using System.Text.Json.Nodes;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Loading;

namespace Turbulence.Settings;

/// <summary>
/// The controls that stand around every run: those of the settings, then those of the control files in their order (section 9.1).
/// </summary>
public static class GlobalControls
{
    private const int LargestBytes = 16 * 1024 * 1024;

    /// <summary>Reads them; a control of a later file with a name that was there before is one more, not another.</summary>
    /// <param name="settings">The settings' <c>controls</c>.</param>
    /// <param name="files">The control files: a map of names to controls, in JSON, or in YAML where the extension says so.</param>
    /// <param name="problems">Takes what is wrong, with the file's name.</param>
    /// <param name="folder">Where relative paths begin, absolute; null for the current folder of the process.</param>
    public static IReadOnlyList<ControlDeclaration> Read(
        JsonObject settings, IEnumerable<string> files, ProblemList problems, string? folder = null)
    {
        var controls = new List<ControlDeclaration>();
        Add(settings, "the settings", controls, problems);
        foreach (var file in files)
        {
            if (ReadFile(file, folder is null ? file : Path.Combine(folder, file), problems) is { } map)
            {
                Add(map, file, controls, problems);
            }
        }

        return controls;
    }

    private static void Add(JsonObject map, string origin, List<ControlDeclaration> controls, ProblemList problems)
    {
        foreach (var (name, node) in map)
        {
            if (node is JsonObject declaration)
            {
                controls.Add(new ControlDeclaration(name, declaration));
            }
            else
            {
                problems.Error(DocumentPath.Root, $"{origin}: the control '{name}' must be a map");
            }
        }
    }

    private static JsonObject? ReadFile(string path, string full, ProblemList problems)
    {
        if (Format(path) is not { } format)
        {
            problems.Error(DocumentPath.Root, $"control file '{path}': its extension must be .json, .yaml or .yml");
            return null;
        }

        try
        {
            // A pipe has no length, and reading one may wait for ever.
            var file = new FileInfo(full);
            if (!file.Exists || file.Length > LargestBytes)
            {
                problems.Error(DocumentPath.Root, $"control file '{path}' {(file.Exists ? "is too large" : "does not exist")}");
                return null;
            }

            byte[] bytes = file.Length == 0 && file.LinkTarget is null ? [] : File.ReadAllBytes(full);
            var document = format == DocumentFormat.Json ? JsonDocumentReader.Read(bytes) : YamlDocumentReader.Read(bytes);
            if (document.Problems.FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error) is { } mistake)
            {
                problems.Error(
                    DocumentPath.Root,
                    $"control file '{path}': {mistake.Message}{(mistake.Position is { } at ? $" (line {at.Line})" : "")}");
                return null;
            }

            if (document.Root is not JsonObject map)
            {
                problems.Error(DocumentPath.Root, $"control file '{path}' must hold a map of names to controls");
            }

            return document.Root as JsonObject;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            problems.Error(DocumentPath.Root, $"control file '{path}' cannot be read: {problem.Message}");
            return null;
        }
    }

    private static DocumentFormat? Format(string path) =>
        Path.GetExtension(path) == "" ? DocumentFormat.Json : DocumentFormats.OfPath(path);
}
