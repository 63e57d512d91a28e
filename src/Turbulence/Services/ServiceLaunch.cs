using System.Diagnostics.CodeAnalysis;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>
/// How the programs of one service start: the service itself, and what is asked whether it is ready. All of them have its environment, its
/// folder and its mark.
/// </summary>
/// <param name="definition">The service.</param>
/// <param name="baseDirectory">The experiment's folder, where relative paths begin.</param>
/// <param name="environment">What every program of the run starts with.</param>
/// <param name="mark">Marks what this start of the service has started.</param>
internal sealed class ServiceLaunch(ServiceDefinition definition, string baseDirectory, RunEnvironment environment, string mark)
{
    /// <summary>Where they run, absolute.</summary>
    public string Directory { get; } = environment.FullPath(definition.WorkingDirectory is { } cwd
        ? Path.Combine(baseDirectory, cwd)
        : ".");

    /// <summary>Finds a program, beside the experiment first and then on PATH, and says how to start it.</summary>
    /// <param name="words">The program and its arguments.</param>
    /// <param name="options">How to start it; its outputs go nowhere.</param>
    /// <param name="problem">Why it cannot be, in one line.</param>
    public bool TryMake(
        IReadOnlyList<string> words, [NotNullWhen(true)] out ProcessStartOptions? options, [NotNullWhen(false)] out string? problem)
    {
        options = null;
        var beside = Path.Combine(baseDirectory, words[0]);
        if ((ExecutableSearch.Find(beside)
            ?? ExecutableSearch.Find(words[0], environment.Find("PATH"), environment.Folder)) is not { } program)
        {
            problem = $"there is no program '{words[0]}', neither in {baseDirectory} nor on PATH";
            return false;
        }

        options = new ProcessStartOptions
        {
            FileName = environment.FullPath(program),
            Arguments = [.. words.Skip(1)],
            WorkingDirectory = Directory,
            NameBeforeExec = environment.NameBeforeExec,
            Environment = environment.With([.. definition.Environment.Select(
                static entry => KeyValuePair.Create(entry.Key, (string?)entry.Value)), new(RunMark.ServiceVariable, mark)]),
        };
        problem = null;
        return true;
    }
}
