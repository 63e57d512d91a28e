namespace Turbulence.Runs.Tests.Packages;

/// <summary>A folder with a file, and an experiment that lets it be missing for a while.</summary>
internal sealed class PreciousFile : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Makes it.</summary>
    /// <param name="program">The program <c>chaos</c>; whether it can be started is what the experiment looks at.</param>
    /// <param name="seconds">How long the file is missing.</param>
    public PreciousFile(string program, double seconds)
    {
        folder.Write("precious", "precious");
        folder.Write(
            "experiment.json",
            $$"""
            {
              "title": "A file may be missing", "description": "It is there again in the end.",
              "steady-state-hypothesis": { "title": "There is a program", "probes": [{
                "type": "probe", "name": "version", "tolerance": 0,
                "provider": { "type": "process", "path": "{{program}}", "arguments": ["--version"] } }] },
              "method": [{
                "type": "action", "name": "hide", "pauses": { "after": {{seconds}} },
                "provider": { "type": "fault", "kind": "file.missing", "arguments": { "path": "precious" } } }],
              "rollbacks": []
            }
            """);
    }

    /// <summary>The folder.</summary>
    public string Folder => folder.Path;

    /// <summary>The file.</summary>
    public string File => folder["precious"];

    /// <summary>Where it is written down what is in.</summary>
    public string State => folder["state"];

    /// <summary>What a program is told so that nothing of this machine's user is touched.</summary>
    public IReadOnlyDictionary<string, string> Variables => new Dictionary<string, string>
    {
        ["TURBULENCE_STATE"] = State,
        ["XDG_CACHE_HOME"] = folder["cache"],
    };

    /// <summary>Whether nothing is written down as being in, or as running.</summary>
    public bool IsClean => Entries("faults") == 0 && Entries("runs") == 0;

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private int Entries(string kind) => Directory.Exists(Path.Combine(State, kind))
        ? Directory.GetFiles(Path.Combine(State, kind), "*.json").Length
        : 0;
}
