using System.Text.Json.Nodes;
using Turbulence.Runs.Requests;

namespace Turbulence.Runs.Tests;

/// <summary>A folder of its own with a state folder of its own: the place of a run in a test.</summary>
internal sealed class RunRoom : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("turbulence-run-");

    /// <summary>The program <c>chaos</c>.</summary>
    public static string Chaos { get; } = BuiltProgram.Shipped("Turbulence.Cli", "chaos");

    /// <summary>The folder.</summary>
    public string Folder => folder.FullName;

    /// <summary>The place: this folder, and the program that was built.</summary>
    public RunPlace Place => new() { Folder = Folder, StateFolder = Path.Combine(Folder, "state"), Program = [Chaos] };

    /// <summary>Whether anything is written down as being in.</summary>
    public bool IsClean => Directory.Exists(Path.Combine(Folder, "state", "faults")) is false
        || !Directory.EnumerateFiles(Path.Combine(Folder, "state", "faults"), "*.json").Any();

    /// <summary>Reads a JSON file of the folder.</summary>
    public JsonObject Read(string name) => JsonNode.Parse(File.ReadAllBytes(Path.Combine(Folder, name)))!.AsObject();

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);
}
