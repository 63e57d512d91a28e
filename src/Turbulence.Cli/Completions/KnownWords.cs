using System.CommandLine.Completions;
using Turbulence.Cli.CommandLine;
using Turbulence.Events;
using Turbulence.Proxy.Toxics;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Completions;

/// <summary>
/// Words that only the program knows, each with what it means. Nobody is told at a key why something cannot be read: then there are none.
/// </summary>
internal static class KnownWords
{
    /// <summary>The kinds of faults.</summary>
    public static IEnumerable<CompletionItem> FaultKinds(Surroundings around) =>
        around.Kinds.All.Select(static kind => Item(kind.Description.Name, kind.Description.Summary));

    /// <summary>The kinds of toxics.</summary>
    public static IEnumerable<CompletionItem> ToxicTypes() => ToxicKinds.All.Select(static kind => Item(kind.Name, kind.Summary));

    /// <summary>The attributes of a kind of toxic, up to the value; of all kinds where it is not known which.</summary>
    public static IEnumerable<CompletionItem> ToxicAttributes(string? type) =>
        (type is not null && ToxicKinds.Find(type) is { } kind ? kind.Attributes : ToxicKinds.All.SelectMany(static one => one.Attributes))
            .DistinctBy(static attribute => attribute.Name)
            .Select(static attribute => Item($"{attribute.Name}=", attribute.Summary));

    /// <summary>The faults that are in.</summary>
    public static IEnumerable<CompletionItem> Faults(Surroundings around) => OfLedger(() => new FaultRoom(around.Place).Ledger.Read().Faults
        .Where(static fault => fault.State != FaultState.Confirmed)
        .Select(static fault => Item(fault.Id, $"{fault.Kind} {string.Join(", ", fault.Targets.Select(static target => target.Text))}")));

    /// <summary>The runs that go on.</summary>
    public static IEnumerable<CompletionItem> Runs(Surroundings around) => OfLedger(() => new FaultRoom(around.Place).Ledger.Read().Runs
        .Where(static run => run is { IsRunnerAlive: true, Journal: not null })
        .Select(static run => Item(run.Id, run.Title)));

    private static CompletionItem Item(string word, string summary) => new(word, detail: summary);

    private static List<CompletionItem> OfLedger(Func<IEnumerable<CompletionItem>> read)
    {
        try
        {
            return [.. read()];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
