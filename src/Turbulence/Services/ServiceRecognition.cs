using Turbulence.Platform.Processes;

namespace Turbulence.Services;

/// <summary>
/// Tells whether a process is what a service's <c>run</c> starts: the same file name and the same arguments, whoever started it and from
/// wherever. A launcher that becomes the program, an interpreter in front of it (<c>sh rand-server</c>, <c>dotnet rand-server.dll</c>) and
/// a parent that is what <c>run</c> starts (<c>dotnet run</c>, the master of workers) are seen through.
/// </summary>
internal static class ServiceRecognition
{
    /// <summary>More parents than anybody puts between a command and its program.</summary>
    private const int MostParents = 16;

    private static readonly string[] Endings = [".dll", ".exe", ".sh", ".cmd", ".bat", ".ps1"];

    /// <summary>
    /// Whether <paramref name="process"/>, or a parent of it, is what <paramref name="definition"/> starts; of one that runs already it is
    /// whoever is there.
    /// </summary>
    public static bool Is(ServiceDefinition definition, ProcessStatus process)
    {
        if (definition.RunsAlready)
        {
            return true;
        }

        var current = process;
        for (var i = 0; i < MostParents && current is { Id: > 1 }; i++)
        {
            if (ProcessTable.CommandLine(current.Id) is { Count: > 0 } words && Matches(definition.Run, words, current.Id))
            {
                return true;
            }

            current = ProcessTable.Find(current.ParentId);
        }

        return false;
    }

    /// <summary>Whether a command line is that of <paramref name="run"/>.</summary>
    /// <param name="run">The program and its arguments.</param>
    /// <param name="words">The words of the command line, the program first.</param>
    /// <param name="process">Whose they are: relative paths among them begin in its folder.</param>
    internal static bool Matches(IReadOnlyList<string> run, IReadOnlyList<string> words, int process)
    {
        var program = words.Count - run.Count;
        if (program < 0 || Name(words[program]) != Name(run[0]) || !IsProgram(words, program, process))
        {
            return false;
        }

        for (var i = 1; i < run.Count; i++)
        {
            if (run[i] != words[program + i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Whether the word at <paramref name="place"/> is what is executed: the first, or the file that an interpreter in front of it reads.
    /// </summary>
    private static bool IsProgram(IReadOnlyList<string> words, int place, int process)
    {
        if (place == 0)
        {
            return true;
        }

        var onlyOptions = words.Take(place).Skip(1).All(word => word.StartsWith('-') || word == "exec");
        return onlyOptions && File.Exists(Path.Combine(ProcessTable.WorkingDirectory(process) ?? "/", words[place]));
    }

    private static string Name(string file)
    {
        var name = Path.GetFileName(file);
        var ending = Array.Find(
            Endings, ending => name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return ending is null ? name : name[..^ending.Length];
    }
}
