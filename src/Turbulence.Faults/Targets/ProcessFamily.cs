using Turbulence.Platform.Processes;

namespace Turbulence.Faults.Targets;

/// <summary>Processes and what descends from them.</summary>
internal static class ProcessFamily
{
    /// <summary>The living descendants of these processes, parents first, without the processes themselves.</summary>
    public static IReadOnlyList<ProcessStatus> DescendantsOf(IEnumerable<ProcessIdentity> processes)
    {
        var children = ProcessTable.List().Where(process => process.IsAlive).ToLookup(process => process.ParentId);
        HashSet<int> known = [.. processes.Where(process => process.IsAlive).Select(process => process.Id)];
        Queue<int> open = new(known);
        List<ProcessStatus> found = [];
        while (open.TryDequeue(out var parent))
        {
            foreach (var child in children[parent].Where(child => known.Add(child.Id)))
            {
                found.Add(child);
                open.Enqueue(child.Id);
            }
        }

        return found;
    }
}
