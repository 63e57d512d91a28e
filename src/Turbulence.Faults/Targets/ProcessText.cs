using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>Processes, as people are told of them.</summary>
internal static class ProcessText
{
    private const int Longest = 60;

    /// <summary><c>process 4711 (rand-server 8002 primary)</c>.</summary>
    public static string Of(ProcessStatus process) => $"process {process.Id} ({Program(process)})";

    /// <summary>The key of a process among the targets of faults.</summary>
    public static string Key(ProcessIdentity process) => $"process:{process.Id}:{process.StartTime}";

    private static string Program(ProcessStatus process)
    {
        if (ProcessTable.CommandLine(process.Id) is not { Count: > 0 } line)
        {
            return process.Name;
        }

        var text = string.Join(' ', line.Skip(1).Prepend(Path.GetFileName(line[0]) is { Length: > 0 } file ? file : line[0])).ReplaceLineEndings(" ");
        text = SystemText.IsPlain(text) ? text : new string([.. text.Select(unit => char.IsSurrogate(unit) ? '\ufffd' : unit)]);
        return text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
    }
}
