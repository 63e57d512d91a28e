using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Activities.Processes;

/// <summary>
/// Finds the program of a <c>process</c> activity: as the reference does, on <c>PATH</c> or from the current directory, and
/// then, for a relative path with a directory in it, beside the experiment, so that an experiment runs from anywhere.
/// </summary>
/// <param name="experimentDirectory">The experiment's folder; null to search as the reference does.</param>
/// <param name="environment">Has the <c>PATH</c>, and the current directory.</param>
internal sealed class ProgramSearch(string? experimentDirectory, RunEnvironment environment)
{
    /// <summary>The program's file; null when there is none that may be executed.</summary>
    /// <param name="path">The value of <c>path</c>, its placeholders replaced.</param>
    public string? Find(string path)
    {
        var expanded = HomeDirectory.Expand(path);
        if (ExecutableSearch.Find(expanded, environment.Find("PATH"), environment.Folder) is { } found)
        {
            return found;
        }

        return experimentDirectory is not null && Path.GetDirectoryName(expanded) is not (null or "")
            ? ExecutableSearch.Find(Path.GetFullPath(expanded, experimentDirectory))
            : null;
    }
}
