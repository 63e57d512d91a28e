using System.Text.Json.Nodes;
using Turbulence.Faults;
using Turbulence.Json;

namespace Turbulence.Cli.Mcp;

/// <summary>What a person has allowed the clients: nothing that a client says widens it.</summary>
/// <param name="Folder">The folder whose files they may name, as it really is: absolute, no part of it a symbolic link.</param>
/// <param name="AllowsRuns">Whether they may run experiments.</param>
/// <param name="Kinds">The kinds of faults that such experiments may have, or families: <c>process.kill</c>, <c>network.*</c>; null for
/// all.</param>
internal sealed record McpPolicy(string Folder, bool AllowsRuns, IReadOnlyList<string>? Kinds)
{
    /// <summary>Finds a file that clients may name.</summary>
    /// <param name="path">The path, relative to the folder or in it.</param>
    /// <returns>The file as it really is.</returns>
    /// <exception cref="ToolException">It is elsewhere, or is not there.</exception>
    public string Resolve(string path)
    {
        if (path.Contains("://", StringComparison.Ordinal))
        {
            throw new ToolException("a URL is not read here: name a file in the folder of this server");
        }

        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new ToolException("a path is needed");
        }

        var real = RealPath.Of(Path.GetFullPath(path, Folder));
        if (real is null || !IsInside(real))
        {
            // Whether a file is there is nobody's business who may not read it.
            throw new ToolException($"there is no such file in the folder of this server ({Folder})");
        }

        return File.Exists(real) ? real : throw new ToolException("that is no file");
    }

    /// <summary>Holds an experiment against what is allowed.</summary>
    /// <returns>Why it may not be run, in one line; null where it may.</returns>
    public string? Refusal(JsonObject experiment)
    {
        if (Kinds is null)
        {
            return null;
        }

        foreach (var provider in FaultsIn(experiment))
        {
            if (!JsonTexts.TryRead(provider["kind"], out var kind) || kind.Contains("${", StringComparison.Ordinal))
            {
                return "the kind of a fault does not stand in the experiment itself, so it cannot be told whether it is allowed";
            }

            if (!Kinds.Any(allowed => Allows(allowed, kind)))
            {
                return $"faults of the kind {kind} are not allowed here, but {string.Join(", ", Kinds)} (--allow-kinds)";
            }
        }

        return null;
    }

    /// <summary>What is wrong with a word of <c>--allow-kinds</c>, in one line; null for nothing.</summary>
    public static string? Problem(string word) =>
        BuiltInKinds.All.All.Any(kind => Allows(word, kind.Description.Name)) ? null : $"there is no kind of fault '{word}'";

    private static bool Allows(string allowed, string kind) => allowed == kind
        || (allowed is [.., '.', '*'] && kind.StartsWith(allowed[..^1], StringComparison.Ordinal));

    private static IEnumerable<JsonObject> FaultsIn(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(static entry => FaultsIn(entry.Value)).Concat(
            JsonTexts.TryRead(map["type"], out var type) && type == "fault" ? [map] : []),
        JsonArray list => list.SelectMany(FaultsIn),
        _ => [],
    };

    private bool IsInside(string path) =>
        path.StartsWith(Path.EndsInDirectorySeparator(Folder) ? Folder : Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
