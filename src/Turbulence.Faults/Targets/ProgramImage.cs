using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Faults.Targets;

/// <summary>All that it takes to start the program of a process again as it was, and to see that it is back.</summary>
/// <param name="Process">The process that it was read from.</param>
/// <param name="Text">The process, for people.</param>
/// <param name="File">The program's file; null where it cannot be started again as it was.</param>
/// <param name="CommandLine">Its arguments, its name first.</param>
/// <param name="Directory">The directory that it was in.</param>
/// <param name="Environment">The environment that it was started with, entry by entry as it stood; it may hold secrets.</param>
/// <param name="Output">The file that its standard output went to; null where that was no file, and is thrown away.</param>
/// <param name="Error">The same for its standard error.</param>
/// <param name="Ports">The TCP ports that it listened on.</param>
/// <param name="Ready">The URL that says when it is ready; null where there is none.</param>
/// <param name="Twins">The processes that had the very same command line at that time: they are not its return.</param>
/// <param name="Sharers">The other processes that listened on its ports at that time, by an inherited or a shared socket: neither are
/// they.</param>
internal sealed record ProgramImage(
    ProcessIdentity Process,
    string Text,
    string? File,
    IReadOnlyList<string> CommandLine,
    string Directory,
    IReadOnlyList<string> Environment,
    string? Output,
    string? Error,
    IReadOnlyList<int> Ports,
    Uri? Ready,
    IReadOnlyList<ProcessIdentity> Twins,
    IReadOnlyList<ProcessIdentity> Sharers)
{
    /// <summary>What started it and may start it again by itself; null where nothing may.</summary>
    public ProgramSupervisor? Supervisor { get; init; }

    /// <summary>The mark of the run that it comes from, which stands in its environment; null where it comes from none.</summary>
    public string? Run =>
        Environment.FirstOrDefault(static entry => entry.StartsWith($"{RunEnvironment.MarkVariable}=", StringComparison.Ordinal))?[
            (RunEnvironment.MarkVariable.Length + 1)..];

    /// <summary>The same with those that have its command line, or its supervisor, by now: none of them is its return.</summary>
    public ProgramImage Now() => this with
    {
        Twins = [.. Twins.Union(ProgramCapture.Alike(CommandLine).Select(other => other.Identity).Where(other => other != Process))],
        Supervisor = Supervisor?.Now(),
    };

    public JsonObject ToJson() => new()
    {
        ["process"] = UndoJson.Write(Process),
        ["text"] = Text,
        ["file"] = File,
        ["command_line"] = new JsonArray([.. CommandLine.Select(argument => (JsonNode?)UndoJson.Write(argument))]),
        ["directory"] = Directory,
        ["environment"] = new JsonArray([.. Environment.Select(UndoJson.Write)]),
        ["output"] = Output,
        ["error"] = Error,
        ["ports"] = new JsonArray([.. Ports.Select(port => (JsonNode?)port)]),
        ["ready"] = Ready?.OriginalString,
        ["twins"] = UndoJson.Write(Twins),
        ["sharers"] = UndoJson.Write(Sharers),
        ["supervisor"] = Supervisor?.ToJson(),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static ProgramImage FromJson(JsonNode json) => new(
        UndoJson.Process(json["process"]),
        json["text"]!.GetValue<string>(),
        (string?)json["file"],
        [.. json["command_line"]!.AsArray().Select(UndoJson.Text)],
        json["directory"]!.GetValue<string>(),
        [.. json["environment"]!.AsArray().Select(UndoJson.Text)],
        (string?)json["output"],
        (string?)json["error"],
        [.. json["ports"]!.AsArray().Select(port => (int)port!)],
        (string?)json["ready"] is { } ready ? new Uri(ready) : null,
        UndoJson.Processes(json["twins"]),
        UndoJson.Processes(json["sharers"]))
    {
        Supervisor = json["supervisor"] is { } supervisor ? ProgramSupervisor.FromJson(supervisor) : null,
    };
}
