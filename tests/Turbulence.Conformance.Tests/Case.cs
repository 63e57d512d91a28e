using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Turbulence.Loading;

namespace Turbulence.Conformance.Tests;

/// <summary>One case: an experiment, how it is run, and what is to come of it. The file's keys are told in README.md.</summary>
internal sealed class Case(string name, JsonObject document)
{
    private static readonly string[] Extensions = [".yaml", ".json"];

    /// <summary>The folder that holds one folder a section.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>The file's path below <see cref="Folder"/>, without its extension.</summary>
    public string Name { get; } = name;

    /// <summary>The row that the case is about, in words.</summary>
    public string Says => Text("says") ?? throw new InvalidDataException($"{Name} does not say what it is about");

    /// <summary>The section of the behaviour document.</summary>
    public string Section => Text("section") ?? throw new InvalidDataException($"{Name} does not name its section");

    /// <summary>The experiment: a map that is completed, or the text of the file as it is; null for none.</summary>
    public JsonNode? Experiment => document["experiment"];

    /// <summary>Other files, by their path below the case's folder.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Files => Map("files");

    /// <summary>The command line; without it, the experiment is run.</summary>
    public IReadOnlyList<string> Arguments => document["args"] is JsonArray words ? [.. words.Select(TextOf)] : ["run", "experiment.json"];

    /// <summary>Environment variables of the command.</summary>
    public IEnumerable<KeyValuePair<string, JsonNode?>> Environment => Map("env");

    /// <summary>What the loopback server answers, by path; empty for no server.</summary>
    public JsonObject Server => Map("server");

    /// <summary>Signals to send: each with its name and the line after which it is sent.</summary>
    public IEnumerable<(string Signal, string After)> Signals =>
        (document["signals"] as JsonArray ?? []).Select(signal => (TextOf(signal!["send"]), TextOf(signal["after"])));

    /// <summary>
    /// Whether the command has to be a process of its own: its environment, its folder or its signals are part of the case.
    /// </summary>
    public bool NeedsProcess => Environment.Any() || Signals.Any() || document["process"]?.GetValue<bool>() == true;

    /// <summary>Whether the case cannot be had without Python: it brings modules, or its experiment names some.</summary>
    public bool NeedsPython =>
        Files.Any(file => file.Key.EndsWith(".py", StringComparison.Ordinal))
        || Experiment?.ToJsonString().Contains("\"type\":\"python\"", StringComparison.Ordinal) == true;

    /// <summary>The modes that the case has expectations for.</summary>
    public IEnumerable<string> Modes =>
        new[] { "default", "compat" }.Where(mode => Map("expect").ContainsKey(mode) || Map("expect").ContainsKey("both"));

    /// <summary>What is expected in <paramref name="mode"/>: its own keys, and those of <c>both</c>.</summary>
    public JsonObject Expected(string mode)
    {
        var expected = (JsonObject)(Map("expect")["both"]?.DeepClone() ?? new JsonObject());
        foreach (var (key, value) in Map("expect")[mode] as JsonObject ?? [])
        {
            if (value is JsonObject more && expected[key] is JsonObject known)
            {
                foreach (var (path, wanted) in more)
                {
                    known[path] = wanted?.DeepClone();
                }
            }
            else
            {
                expected[key] = value?.DeepClone();
            }
        }

        return expected;
    }

    /// <summary>The cases of a section's folder, in the order of their names.</summary>
    public static IEnumerable<Case> Of(string section) => Directory
        .EnumerateFiles(Path.Combine(Folder, section))
        .Where(file => Extensions.Contains(Path.GetExtension(file)))
        .Order(StringComparer.Ordinal)
        .Select(file => Read($"{section}/{Path.GetFileNameWithoutExtension(file)}", file));

    /// <summary>The case with <paramref name="name"/>.</summary>
    public static Case Find(string name) =>
        Read(name, Extensions.Select(extension => Path.Combine(Folder, name + extension)).First(File.Exists));

    private static Case Read(string name, string file)
    {
        var document = YamlDocumentReader.Read(File.ReadAllBytes(file));
        return document.HasErrors || document.Root is not JsonObject map
            ? throw new InvalidDataException(
                $"{file}: {string.Join("; ", document.Problems.Select(problem => $"{problem.Position} {problem.Message}"))}")
            : new Case(name, JsonNode.Parse(map.ToJsonString())!.AsObject());
    }

    private static string TextOf(JsonNode? node) =>
        node?.GetValueKind() == System.Text.Json.JsonValueKind.String ? node.GetValue<string>() : $"{node?.ToJsonString()}";

    private static string FindFolder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Cases");

    private string? Text(string key) => document[key] is { } node ? TextOf(node) : null;

    private JsonObject Map(string key) => document[key] as JsonObject ?? [];
}
