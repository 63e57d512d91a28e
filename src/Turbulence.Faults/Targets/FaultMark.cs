using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>
/// Marks what belongs to a fault: a variable in the environment of its processes, a part of the name of its files. What a runner started
/// just before it died, too late to write it down, is found by it.
/// </summary>
internal static class FaultMark
{
    /// <summary>How the names of the files begin that faults make.</summary>
    public const string Prefix = ".turbulence-";

    /// <summary>The variable's name.</summary>
    public const string Variable = "TURBULENCE_FAULT";

    /// <summary>What is needed of our environment, with the mark, for a child of the fault.</summary>
    public static IReadOnlyDictionary<string, string> Environment(string fault)
    {
        var variables = SelfEnvironment.Of();
        variables[Variable] = fault;
        return variables;
    }

    /// <summary>The processes that still run and carry the fault's mark.</summary>
    public static IReadOnlyList<ProcessStatus> Processes(string fault) =>
        [.. ProcessTable.List().Where(process =>
            process.IsAlive && process.Id != System.Environment.ProcessId
            && (process.Name == NameBeforeExec(fault)
                || ProcessTable.SettledEnvironment(process.Id)?.GetValueOrDefault(Variable) == fault))];

    /// <summary>What a child of the fault is called until it executes its program, and so has the mark in its environment.</summary>
    public static string NameBeforeExec(string fault) => $"fault {fault}";

    /// <summary>The hidden neighbour of a file, on the same file system and in the same folder.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="fault">The fault's id.</param>
    /// <param name="purpose">What it is for: <c>original</c>.</param>
    public static string Neighbour(string path, string fault, string purpose) =>
        Path.Combine(Path.GetDirectoryName(path)!, $"{Prefix}{fault}-{purpose}");
}
