using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Json;
using Turbulence.Validation;
using Turbulence.Values;

namespace Turbulence.Variables;

/// <summary>Reads <c>--var-file</c>s, in order, and lays the <c>--var</c>s on top.</summary>
/// <param name="parseYaml">Reads YAML. It never throws.</param>
/// <param name="compatibility">Whose rules apply.</param>
public sealed class VariableReader(Func<ReadOnlyMemory<byte>, ParsedText> parseYaml, Compatibility compatibility)
{
    private static readonly string[] Sections = ["configuration", "secrets"];

    /// <summary>Where relative paths begin, absolute. Default: null, the current folder of the process.</summary>
    public string? Folder { get; init; }

    /// <summary>Merges every source; later ones win.</summary>
    /// <param name="files">Paths of JSON, YAML and dotenv files.</param>
    /// <param name="variables">The <c>--var</c>s.</param>
    /// <param name="problems">
    /// Receives what is wrong. A file that cannot be parsed stops a run; in compatibility mode it is skipped with a warning.
    /// </param>
    /// <returns>What is left when the sources are merged.</returns>
    public VariableOverrides Read(IEnumerable<string> files, IEnumerable<VariableDeclaration> variables, ProblemList problems)
    {
        var overrides = VariableOverrides.None;
        var environment = new Dictionary<string, string>();
        foreach (var file in files)
        {
            byte[] content;
            try
            {
                content = File.ReadAllBytes(Folder is null ? file : Path.Combine(Folder, file));
            }
            catch (Exception problem)
                when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                problems.Error(DocumentPath.Root, $"variable file '{file}' cannot be read: {problem.Message}");
                continue;
            }

            ReadOne(file, content, overrides, environment, problems);
        }

        foreach (var variable in variables)
        {
            overrides.Configuration[variable.Name] = variable.Value?.DeepClone();
            if (variable.Warning is not null)
            {
                problems.Warning(DocumentPath.Root, $"--var {variable.Name}: {variable.Warning}");
            }
        }

        return overrides with { Environment = environment };
    }

    private void ReadOne(
        string file, byte[] content, VariableOverrides overrides, Dictionary<string, string> environment, ProblemList problems)
    {
        var extension = Path.GetExtension(file);
        extension = compatibility == Compatibility.None ? extension.ToUpperInvariant() : extension switch
        {
            ".json" or ".yaml" or ".yml" => extension.ToUpperInvariant(),
            _ => "",
        };
        if (extension is not (".JSON" or ".YAML" or ".YML"))
        {
            ReadDotenv(file, content, environment, problems);
            return;
        }

        var (value, failure) = extension == ".JSON" ? JsonReading.Parse(content) : parseYaml(content);
        if (failure is not null)
        {
            // The reference reads an empty JSON file no better than a broken one; for us it holds nothing.
            if (compatibility == Compatibility.ChaosToolkit)
            {
                problems.Warning(DocumentPath.Root, $"Failed to parse variable file '{file}': {failure}");
            }
            else if (content.AsSpan().Trim(" \t\r\n"u8).Length > 0)
            {
                problems.Error(DocumentPath.Root, $"Failed to parse variable file '{file}': {failure}");
            }
        }
        else if (IsEmpty(value))
        {
            if (compatibility == Compatibility.ChaosToolkit)
            {
                ReadDotenv(file, content, environment, problems);
            }
        }
        else if (value is JsonObject map)
        {
            Merge(file, map, overrides, problems);
        }
        else
        {
            problems.Error(DocumentPath.Root, $"variable file '{file}' must be a map with configuration and secrets");
        }
    }

    private void Merge(string file, JsonObject map, VariableOverrides overrides, ProblemList problems)
    {
        CheckKeys(file, map, problems);
        foreach (var (name, section) in map.Where(member => Sections.Contains(member.Key)))
        {
            if (section is JsonObject entries)
            {
                var deep = name == "secrets" && compatibility == Compatibility.None;
                OverrideMerge.Into(name == "secrets" ? overrides.Secrets : overrides.Configuration, entries, deep);
            }
            else if (section is not null)
            {
                problems.Error(DocumentPath.Root, $"variable file '{file}': {name} must be a map");
            }
        }
    }

    // The places of what is found are those of the variable file, of which nobody keeps the lines.
    private void CheckKeys(string file, JsonObject map, ProblemList problems)
    {
        var found = new ProblemList(new DocumentMap { Root = map });
        new UnknownKeys(compatibility, strict: false, found).Check(map, KnownPlaces.Variables, DocumentPath.Root);
        foreach (var problem in found)
        {
            var message = $"variable file '{file}': {problem.Message} (at {problem.Pointer})";
            if (problem.Severity == ProblemSeverity.Error)
            {
                problems.Error(DocumentPath.Root, message);
            }
            else
            {
                problems.Warning(DocumentPath.Root, message);
            }
        }
    }

    private void ReadDotenv(string file, byte[] content, Dictionary<string, string> environment, ProblemList problems)
    {
        foreach (var (name, value) in new DotenvReader(compatibility, problems).Read(
            Encoding.UTF8.GetString(content).TrimStart('\uFEFF'), file))
        {
            environment[name] = value;
        }
    }

    private static bool IsEmpty(JsonNode? value) => value switch
    {
        null => true,
        JsonObject map => map.Count == 0,
        JsonArray list => list.Count == 0,
        _ => JsonTexts.TryRead(value, out var text) && text.Length == 0,
    };
}
