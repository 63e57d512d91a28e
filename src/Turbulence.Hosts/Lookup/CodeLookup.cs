using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Hosts.Workers;
using Turbulence.Values;

namespace Turbulence.Hosts.Lookup;

/// <summary>
/// Asks a worker what is wrong with the code that declarations name (<c>validate</c>), all at once, and keeps the answers until the
/// synchronous validation asks for them.
/// </summary>
/// <param name="host">The worker.</param>
/// <param name="kind">The member of the message: <c>activities</c> or <c>controls</c>.</param>
internal sealed class CodeLookup(WorkerHost host, string kind)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly Dictionary<JsonObject, IReadOnlyList<CodeProblem>> found = new(ReferenceEqualityComparer.Instance);

    /// <summary>Looks the items up.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask LookUpAsync(IReadOnlyList<DeclaredItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return;
        }

        var answer = await AskAsync(items, cancellationToken);
        if (answer.WorkerDied && items.Count > 1)
        {
            // Somebody's code took the worker down while it was loaded; each by itself shows whose it was.
            foreach (var item in items)
            {
                await LookUpAsync([item], cancellationToken);
            }

            return;
        }

        var lists = answer.IsAnswered ? Lists(answer.Result, items.Count) : null;
        for (var i = 0; i < items.Count; i++)
        {
            found[items[i].Declaration] = lists is null
                ? [items[i].Unknown(answer.Problem ?? $"the {host.Language} worker's answer cannot be read")]
                : [.. (lists[i] as JsonArray ?? []).Select(CodeProblem.Read).OfType<CodeProblem>()];
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
        var all = found.GetValueOrDefault(declaration) ?? [];
        foreach (var problem in all)
        {
            problem.Of(subject).Tell(path, problems);
        }

        return all.Count > 0;
    }

    private Task<WorkerAnswer> AskAsync(IReadOnlyList<DeclaredItem> items, CancellationToken cancellationToken)
    {
        var subject = items is [var only] && only.Declaration["name"] is { } name ? $"the look-up of '{name}'" : $"the look-up of {kind}";
        return host.CallAsync(new WorkerCall("validate", subject, writer => Write(writer, items)) { Limit = Limit }, cancellationToken);
    }

    private void Write(Utf8JsonWriter writer, IReadOnlyList<DeclaredItem> items)
    {
        writer.WriteStartObject();
        foreach (var list in (ReadOnlySpan<string>)["activities", "controls"])
        {
            writer.WriteStartArray(list);
            foreach (var item in list == kind ? items : [])
            {
                item.Write(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private JsonArray? Lists(JsonNode? result, int count) =>
        result is JsonObject map && JsonMaps.IsReadable(map) && map[kind] is JsonArray lists && lists.Count == count ? lists : null;
}
