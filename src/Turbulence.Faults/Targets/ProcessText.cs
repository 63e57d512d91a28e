using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Faults.Targets;

/// <summary>Processes, as people are told of them.</summary>
internal static class ProcessText
{
    private const int Longest = 60;

    /// <summary><c>process 4711 (rand-server 8002 primary)</c>.</summary>
    /// <param name="process">The process.</param>
    /// <param name="mask">Takes the secrets out of its command line, before that is cut.</param>
    public static string Of(ProcessStatus process, SecretMask mask) => $"process {process.Id} ({Program(process, mask)})";

    /// <summary>
    /// <c>process 4711 (rand-server)</c>: for those who do not know the secrets of the run, and so must not show what stands in a command
    /// line.
    /// </summary>
    public static string Named(ProcessStatus process) => $"process {process.Id} ({process.Name})";

    /// <summary>The key of a process among the targets of faults.</summary>
    public static string Key(ProcessIdentity process) => $"process:{process.Id}:{process.StartTime}";

    private static string Program(ProcessStatus process, SecretMask mask)
    {
        if (ProcessTable.CommandLine(process.Id) is not { Count: > 0 } line)
        {
            return process.Name;
        }

        var text = string
            .Join(' ', line.Skip(1).Prepend(Path.GetFileName(line[0]) is { Length: > 0 } file ? file : line[0]))
            .ReplaceLineEndings(" ");
        text = SystemText.IsPlain(text) ? text : new string([.. text.Select(unit => char.IsSurrogate(unit) ? '\ufffd' : unit)]);
        return mask.Mask(text).Shorten(Longest - 1);
    }
}
