using Turbulence.Runs.Requests;

namespace Turbulence.Testing.Tests;

/// <summary>A state folder of its own, and the program that was built.</summary>
internal sealed class TestRoom : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("turbulence-testing-");

    public string Folder => folder.FullName;

    public RunPlace Place => new()
    {
        StateFolder = Path.Combine(Folder, "state"),
        Program = [BuiltProgram.Shipped("Turbulence.Cli", "chaos")],
    };

    public ChaosTestOptions Options => new() { Place = Place };

    public bool IsClean => !Directory.Exists(Path.Combine(Folder, "state", "faults"))
        || !Directory.EnumerateFiles(Path.Combine(Folder, "state", "faults"), "*.json").Any();

    public string File(string name)
    {
        var path = Path.Combine(Folder, name);
        System.IO.File.WriteAllText(path, name);
        return path;
    }

    public void Dispose() => folder.Delete(recursive: true);
}
