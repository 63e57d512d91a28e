using System.Text.Json.Nodes;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Faults.Targets;

/// <summary>
/// What started a program and may start it again by itself: a shell with a loop, supervisord, the system's manager of services.
/// </summary>
/// <param name="Process">It.</param>
/// <param name="Text">The same for people.</param>
/// <param name="Program">The file that the program was running from; null where any other child of the supervisor may run the same.</param>
/// <param name="Children">Its children at that time: they are not the program's return.</param>
internal sealed record ProgramSupervisor(ProcessIdentity Process, string Text, string? Program, IReadOnlyList<ProcessIdentity> Children)
{
    /// <summary>
    /// Who may start a process again; null where nobody may: its parent is gone or one of ours, or is the first process and manages no
    /// services.
    /// </summary>
    public static ProgramSupervisor? Of(ProcessStatus process, ProcessProtection protection, SecretMask mask)
    {
        if (ProcessTable.Find(process.ParentId) is not { IsAlive: true } parent
            || ((parent.Id == 1 || protection.IsOurs(parent)) && !IsManaged(process)))
        {
            return null;
        }

        var program = ProcessTable.ProgramFile(process.Id);
        return new ProgramSupervisor(
            parent.Identity,
            ProcessText.Of(parent, mask),
            program == ProcessTable.ProgramFile(parent.Id) ? null : program,
            [.. ProcessTable.List().Where(child => child.ParentId == parent.Id).Select(child => child.Identity)]);
    }

    /// <summary>The same with the children that it has by now: what runs before the program ends is not its return.</summary>
    public ProgramSupervisor Now() => this with
    {
        Children = [.. Children.Union(ProcessTable.List().Where(child => child.ParentId == Process.Id).Select(child => child.Identity))],
    };

    /// <summary>
    /// The process that it started in the place of the one that is gone, with other arguments. One program may be many things, as an
    /// interpreter is, so the first argument that is no option has to be the same.
    /// </summary>
    /// <param name="commandLine">The arguments of the one that is gone, its name first.</param>
    /// <param name="isFree">Whether a process stands for no other program.</param>
    public ProcessIdentity? Successor(IReadOnlyList<string> commandLine, Func<ProcessIdentity, bool> isFree) =>
        Program is null ? null : ProcessTable.List()
        .Where(child => child.IsAlive && child.ParentId == Process.Id && !Children.Contains(child.Identity) && ProcessTable.ProgramFile(
            child.Id) == Program
            && ProcessTable.CommandLine(child.Id) is { } line && Subject(line) == Subject(commandLine))
        .Select(child => (ProcessIdentity?)child.Identity)
        .FirstOrDefault(child => isFree(child!.Value) && Process.IsAlive);

    public JsonObject ToJson() => new()
    {
        ["process"] = UndoJson.Write(Process),
        ["text"] = Text,
        ["program"] = Program,
        ["children"] = UndoJson.Write(Children),
    };

    public static ProgramSupervisor FromJson(JsonNode json) =>
        new(
            UndoJson.Process(json["process"]),
            json["text"]!.GetValue<string>(),
            (string?)json["program"],
            UndoJson.Processes(json["children"]));

    private static string? Subject(IReadOnlyList<string> commandLine) =>
        commandLine.Skip(1).FirstOrDefault(argument => !argument.StartsWith('-'));

    /// <summary>Whether systemd runs it as a service of its own, and not as a part of what we are in.</summary>
    private static bool IsManaged(ProcessStatus process) =>
        ControlGroup(process.Id) is { } group
            && group.EndsWith(".service", StringComparison.Ordinal)
            && group != ControlGroup(Environment.ProcessId);

    private static string? ControlGroup(int process) => Stress.ProcText.Read($"/proc/{process}/cgroup")?.Split('\n')[0].TrimEnd();
}
