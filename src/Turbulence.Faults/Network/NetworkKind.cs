using System.Text.Json.Nodes;
using Turbulence.Events;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Targets;
using Turbulence.Values;

namespace Turbulence.Faults.Network;

/// <summary>
/// A kind of <c>network.*</c>: a toxic, named for the fault, that the API of each proxy is asked for, and asked to remove. What the proxies
/// say is read back from them each time, and what they do not say is not known.
/// </summary>
/// <param name="spec">Which one.</param>
internal sealed class NetworkKind(NetworkKindSpec spec) : IFaultKind
{
    /// <inheritdoc/>
    public FaultKindDescription Description { get; } = NetworkArguments.Describe(spec);

    /// <inheritdoc/>
    public async ValueTask<FaultPlanning> PlanAsync(FaultRequest request, CancellationToken cancellationToken)
    {
        var arguments = new ArgumentReader(Description, request);
        var found = spec.IsPartition ? ProxySelection.FindPartition(arguments, request) : ProxySelection.Find(spec, arguments, request);
        if (arguments.Problem is { } problem)
        {
            return FaultPlanning.Refused(problem);
        }

        var order = NetworkArguments.Read(spec, arguments, request.Id) with { Ttl = ToxicLease.For(request.Duration) };
        var planned =
            await Task.WhenAll(found.Select(place => new ProxyInquiry(spec, order, arguments).AskAsync(place, cancellationToken)));
        if (planned.Select(asked => asked.Problem).FirstOrDefault(refusal => refusal is not null) is { } refused)
        {
            return FaultPlanning.Refused(refused);
        }

        ProxyPlace[] places = [.. planned.Select(asked => asked.Place)];
        var undo = new JsonObject { ["toxic"] = order.ToJson(), ["proxies"] = new JsonArray([.. places.Select(place => place.ToJson())]) };
        return FaultPlanning.Of(new FaultPlan([.. places.Select(place => place.Target(Part(order)))], undo, ProxyText.Undo(order, places))
        {
            Text = $"{NetworkArguments.Text(spec, order, places.All(place => place.IsUdp))}, in {string.Join(" and ", places.Select(place => place.ToString()))}",
            Hidden = [.. places.Select(place => place.Token).OfType<string>().Distinct()],
        });
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> InjectAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var order = Order(record);
        var label = SecretMask.Of(record.Hidden).Apply(record.Activity);
        foreach (var place in Places(record))
        {
            if (await new ToxicInsertion(For(place, order), place, label, tools.Time).AddAsync(cancellationToken) is { } problem)
            {
                return StepResult.Failed(problem);
            }
        }

        return StepResult.Done;
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> ObserveAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var order = Order(record);
        var looks = await Task.WhenAll(
            Places(record).Select(place => new ToxicLook(spec, For(place, order), place).AtAsync(tools.Time, cancellationToken)));
        return ToxicSight.Together(order, looks);
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> RevertAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var removal = new ToxicRemoval(Order(record), tools.Time);

        // What was seen to be in was answered. What was not may still be on its way to a proxy.
        var isSettled = record.Effect is not null;
        var problems = await Task.WhenAll(Places(record).Select(place => removal.RemoveAsync(place, isSettled, cancellationToken)));
        return new StepResult(problems.OfType<string>().FirstOrDefault());
    }

    /// <inheritdoc/>
    public async ValueTask<Evidence> CheckAsync(FaultRecord record, FaultTools tools, CancellationToken cancellationToken)
    {
        var removal = new ToxicRemoval(Order(record), tools.Time);
        var seen = await Task.WhenAll(Places(record).Select(place => removal.CheckAsync(place, cancellationToken)));
        return seen.FirstOrDefault(evidence => !evidence.Seen)
            ?? new Evidence(true, string.Join("; ", seen.Select(evidence => evidence.Text)));
    }

    private static ToxicOrder Order(FaultRecord record) => ToxicOrder.Of(record.Undo["toxic"]);

    private static IReadOnlyList<ProxyPlace> Places(FaultRecord record)
    {
        IReadOnlyList<ProxyPlace> places = UndoJson.Read<IReadOnlyList<ProxyPlace>>(
            () => [.. record.Undo["proxies"]!.AsArray().Select(ProxyPlace.Of)]);
        return places.Count > 0 ? places : throw new UnreadableUndoException("it names no proxy");
    }

    private ToxicOrder For(ProxyPlace place, ToxicOrder order) =>
        place.IsToxiproxy && spec.OfToxiproxy is { } known ? order.ForToxiproxy(known) : order;

    // Two of one type on one way would be one on the other's back.
    private string Part(ToxicOrder order) => spec.HasStream ? $"{order.Type}:{order.Stream}" : order.Type;
}
