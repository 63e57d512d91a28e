using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Hosts.Workers;
using Turbulence.Json;

namespace Turbulence.Hosts.Lookup;

/// <summary>
/// Asks a worker what is wrong with the code that declarations name (<c>validate</c>), of each by itself, so that one whose code hangs or
/// takes the worker down says nothing of the others, and keeps the answers until the synchronous validation asks for them.
/// </summary>
/// <param name="host">The worker.</param>
/// <param name="kind">The member of the message: <c>activities</c> or <c>controls</c>.</param>
internal sealed class CodeLookup(WorkerHost host, string kind)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // Of those that something is wrong with.
    private readonly Dictionary<object, IReadOnlyList<CodeProblem>> found = [];
    private readonly Dictionary<string, string> hanging = [];

    /// <summary>Looks the items up.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask LookUpAsync(IEnumerable<DeclaredItem> items, CancellationToken cancellationToken)
    {
        // The latest of each function that nothing was wrong with, so that a method of many alike is not asked of one by one. They may be
        // large, and are not kept for the run.
        var fine = new Dictionary<string, string>();
        foreach (var item in items)
        {
            var problems = await LookUpAsync(item, fine, cancellationToken);
            if (problems.Count == 0 && found.Count == 0)
            {
                continue;
            }

            object key = item.Place is { } place ? Key(item.Declaration, place) : item.Declaration;
            if (problems.Count > 0)
            {
                found[key] = problems;
            }
            else
            {
                found.Remove(key);
            }
        }
    }

    /// <summary>Hands out what was found of a declaration; nothing where nobody looked.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="path">Its place.</param>
    /// <param name="problems">Receives them.</param>
    /// <param name="subject">Whose they are, <c>activity 'x'</c>, for those that do not say so.</param>
    /// <returns>Whether there was anything to tell.</returns>
    public bool Tell(JsonObject declaration, DocumentPath path, ProblemList problems, string subject = "")
    {
        var all = found.Count > 0 ? found.GetValueOrDefault(declaration) ?? found.GetValueOrDefault(Key(declaration, path)) ?? [] : [];
        foreach (var problem in all)
        {
            problem.Of(subject).Tell(path, problems);
        }

        return all.Count > 0;
    }

    private static string Key(JsonObject declaration, DocumentPath place) => $"{place} {declaration.ToJsonString()}";

    private async Task<IReadOnlyList<CodeProblem>> LookUpAsync(
        DeclaredItem item, Dictionary<string, string> fine, CancellationToken cancellationToken)
    {
        // Who waited for it once does not wait again for the same code.
        if (hanging.TryGetValue(item.Code, out var known))
        {
            return [item.Unknown(known)];
        }

        var (function, demand) = kind == "activities" ? (item.Function, item.Demand) : ("", "");
        if (demand.Length > 0 && fine.GetValueOrDefault(function) == demand)
        {
            return [];
        }

        var subject = item.Declaration["name"] is { } name ? $"the look-up of '{name}'" : $"the look-up of {kind}";
        var answer = await host.CallAsync(
            new WorkerCall("validate", subject, writer => Write(writer, item)) { Limit = Limit }, cancellationToken);
        if (answer.IsLate)
        {
            hanging[item.Code] = answer.Problem!;
        }

        if ((answer.IsAnswered ? Lists(answer.Result) : null) is not [var problems])
        {
            return [item.Unknown(answer.Problem ?? $"the {host.Language} worker's answer cannot be read")];
        }

        if (problems is JsonArray { Count: 0 } && demand.Length > 0)
        {
            fine[function] = demand;
        }

        return [.. (problems as JsonArray ?? []).Select(CodeProblem.Read).OfType<CodeProblem>()];
    }

    private void Write(Utf8JsonWriter writer, DeclaredItem one)
    {
        writer.WriteStartObject();
        foreach (var list in (ReadOnlySpan<string>)["activities", "controls"])
        {
            writer.WriteStartArray(list);
            if (list == kind)
            {
                one.Write(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private JsonArray? Lists(JsonNode? result) => result is JsonObject map && JsonMaps.IsReadable(map) ? map[kind] as JsonArray : null;
}
