using System.Text.Json.Nodes;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Turbulence.Aspire.Hurts;
using Turbulence.Aspire.Resources;
using Turbulence.Runs.Requests;
using Turbulence.Runs.Scopes;

namespace Turbulence.Aspire.Commands;

/// <summary>The commands of an edge in the dashboard.</summary>
internal static class EdgeCommands
{
    /// <summary>The command that takes back what is in on an edge.</summary>
    public const string TakeBack = "take-back";

    /// <summary>The command that puts any kind of fault in.</summary>
    public const string Other = "hurt";

    private const string Network = "network.";

    private static readonly HashSet<string> OfOthers = ["network.partition", "network.loss", "network.duplicate", "network.reorder"];

    /// <summary>Adds them.</summary>
    /// <param name="edge">The edge.</param>
    /// <param name="hurts">Carries them out.</param>
    /// <param name="options">The kinds there are, and how long a fault stays.</param>
    public static void Add(IResourceBuilder<EdgeResource> edge, EdgeHurts hurts, ChaosOptions options)
    {
        foreach (var kind in HurtKind.Of(options.Place.Kinds))
        {
            edge.WithCommand(
                kind.Command,
                kind.Display,
                context => HurtAsync(edge.Resource, hurts, kind.Kind.Name, () => kind.Arguments(context.Arguments), context),
                new CommandOptions
                {
                    Description = $"{char.ToUpperInvariant(kind.Kind.Summary[0])}{kind.Kind.Summary[1..]}.",
                    Arguments = kind.Inputs(options.Lease),
                    IconName = kind.Icon,
                    UpdateState = _ => StateFor(edge.Resource, kind.Kind.Name),
                });
        }

        string[] all = [.. options.Place.Kinds.All
            .Select(static kind => kind.Description.Name)
            .Where(static name => name.StartsWith(Network, StringComparison.Ordinal) && !OfOthers.Contains(name))];
        edge.WithCommand(
            Other,
            "Hurt…",
            context => HurtAsync(edge.Resource, hurts, context.Arguments.GetString("kind") ?? "", () => Parse(context.Arguments), context),
            new CommandOptions
            {
                Description = "Puts any fault of a network in: 'chaos faults kinds' says which there are, and what each takes.",
                Arguments =
                [
                    new()
                    {
                        Name = "kind",
                        Label = "Kind",
                        InputType = InputType.Choice,
                        Options = [.. all.Select(static name => KeyValuePair.Create(name, name))],
                        Required = true,
                    },
                    new() { Name = "arguments", Label = "Arguments (JSON)", InputType = InputType.Text, Value = "{}" },
                    HurtKind.LeaseInput(options.Lease),
                ],
                IconName = "Flash",
                UpdateState = _ => StateFor(edge.Resource, ""),
            });
        edge.WithCommand(
            TakeBack,
            "Take back",
            async _ => Result(await hurts.EndAsync(edge.Resource)),
            new CommandOptions
            {
                Description = "Takes back every fault that is in on this edge, and says what it has hit.",
                IconName = "ArrowUndo",
                IsHighlighted = true,
                UpdateState = _ => edge.Resource.Hurts.Count > 0 ? ResourceCommandState.Enabled : ResourceCommandState.Disabled,
            });
    }

    /// <summary>What a command answers that has taken faults back.</summary>
    /// <param name="ended">What came of each, and whether all were seen to be taken back.</param>
    public static ExecuteCommandResult Result((IReadOnlyList<string> Lines, bool IsClean) ended)
    {
        var text = ended.Lines.Count == 0 ? "nothing was in" : string.Join('\n', ended.Lines);
        return ended.IsClean ? CommandResults.Success(text) : CommandResults.Failure(text);
    }

    private static async Task<ExecuteCommandResult> HurtAsync(
        EdgeResource edge, EdgeHurts hurts, string kind, Func<JsonObject> arguments, ExecuteCommandContext context)
    {
        try
        {
            var hurt = await hurts.BeginAsync(edge, kind, arguments(), HurtKind.Lease(context.Arguments), context.CancellationToken);
            return CommandResults.Success($"{edge.Name}: {hurt.What} is in until it is taken back, or its lease ends");
        }
        catch (Exception refused) when (refused
            is InvalidOperationException or RunRefusedException or FaultScopeException or FormatException or JsonException)
        {
            return CommandResults.Failure(refused.Message);
        }
        catch (OperationCanceledException)
        {
            return CommandResults.Canceled();
        }
    }

    private static JsonObject Parse(InteractionInputCollection inputs) =>
        inputs.GetString("arguments") is not { Length: > 0 } text ? []
        : JsonNode.Parse(text) as JsonObject ?? throw new FormatException($"the arguments must be a JSON object, not {text}");

    private static ResourceCommandState StateFor(EdgeResource edge, string kind) =>
        edge.Refusal(kind) is null ? ResourceCommandState.Enabled : ResourceCommandState.Disabled;
}
