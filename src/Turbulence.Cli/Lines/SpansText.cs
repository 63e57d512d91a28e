using System.Globalization;
using Turbulence.Faults.Residents;

namespace Turbulence.Cli.Lines;

/// <summary>What a .NET process does, for people: each operation below the one that caused it.</summary>
internal static class SpansText
{
    /// <summary>The table, with a fault for each dependency below it.</summary>
    public static IEnumerable<string> Table(string process, TimeSpan watched, IReadOnlyList<SeenOperation> seen)
    {
        foreach (var line in Rows(process, watched, seen))
        {
            yield return line;
        }

        var faults = SuggestedFault.For(seen);
        if (faults.Count > 0)
        {
            yield return "";
            yield return "As faults of an experiment, 'chaos discover --pid' writes them down for 'chaos init':";
            foreach (var fault in faults)
            {
                yield return PrintableText.OneLine($"  {fault.Kind} {fault.Arguments.ToJsonString()}: {fault.Explanation}");
            }
        }
    }

    /// <summary>The table alone.</summary>
    public static IEnumerable<string> Rows(string process, TimeSpan watched, IReadOnlyList<SeenOperation> seen)
    {
        var operations = seen.Sum(static operation => operation.Count);
        yield return PrintableText.OneLine(string.Create(
            CultureInfo.InvariantCulture, $"{process}: {operations:N0} operations in {watched.TotalSeconds:0.0} s"));
        if (operations == 0)
        {
            yield return "It did nothing that has a span, or nobody asked it to: send it a request, and look again.";
            yield break;
        }

        yield return "   per s    p50 ms    p99 ms  failed  operation";
        HashSet<SeenOperation> told = new(ReferenceEqualityComparer.Instance);
        var names = seen.Select(Name).ToHashSet(StringComparer.Ordinal);
        foreach (var root in seen.Where(operation => operation.Caller.Length == 0 || !names.Contains(operation.Caller)))
        {
            foreach (var row in Tree(root, seen, watched, 0, told))
            {
                yield return row;
            }
        }

        // Those that cause each other in a circle.
        SeenOperation[] rest = [.. seen.Where(operation => !told.Contains(operation))];
        foreach (var row in rest.SelectMany(operation => Tree(operation, seen, watched, 0, told)))
        {
            yield return row;
        }
    }

    private static IEnumerable<string> Tree(
        SeenOperation operation, IReadOnlyList<SeenOperation> seen, TimeSpan watched, int depth, HashSet<SeenOperation> told)
    {
        if (!told.Add(operation))
        {
            yield break;
        }

        yield return Row(operation, watched, depth);
        foreach (var row in seen
            .Where(other => other.Caller == Name(operation))
            .SelectMany(other => Tree(other, seen, watched, depth + 1, told)))
        {
            yield return row;
        }
    }

    private static string Row(SeenOperation operation, TimeSpan watched, int depth)
    {
        var failed = operation.Errors == 0 ? "" : string.Create(
            CultureInfo.InvariantCulture, $"{100.0 * operation.Errors / operation.Count:0.#} %");
        var what = string.Join(' ', operation.Tags.Select(static tag => tag.Value));
        var name = operation.Operation.StartsWith(operation.Source, StringComparison.Ordinal)
            ? operation.Operation
            : $"{operation.Source} {operation.Operation}";
        return PrintableText.OneLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{operation.Count / watched.TotalSeconds,8:0.0}{operation.Median.TotalMilliseconds,10:0.00}{operation.P99.TotalMilliseconds,10:0.00}{failed,8}  {new string(' ', 2 * depth)}{name}{(what.Length > 0 ? $"  {what}" : "")}"));
    }

    // As the resident names who caused another one.
    private static string Name(SeenOperation operation) => operation.Tag("http.route") is { } route
        ? $"{operation.Source} {operation.Operation} {route}"
        : $"{operation.Source} {operation.Operation}";
}
