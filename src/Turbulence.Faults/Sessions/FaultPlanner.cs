using Turbulence.Faults.Contracts;
using Turbulence.Values;

namespace Turbulence.Faults.Sessions;

/// <summary>Plans a fault and applies the rules that hold for every kind. Touches nothing.</summary>
public static class FaultPlanner
{
    /// <summary>Plans a fault.</summary>
    /// <param name="order">What is asked for.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The plan, or why there is none.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async Task<FaultPlanning> PlanAsync(FaultOrder order, CancellationToken cancellationToken)
    {
        var kind = order.Kind.Description;
        if (!kind.Platforms.Contains(FaultPlatform.Name))
        {
            return FaultPlanning.Refused($"{kind.Name} works on {string.Join(", ", kind.Platforms)}, and this is {FaultPlatform.Name}");
        }

        if (kind.DurationProblem(order.Request.Duration) is { } tooLong)
        {
            return FaultPlanning.Refused(tooLong);
        }

        FaultPlanning planning;
        try
        {
            planning = await order.Kind.PlanAsync(order.Request, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A mistake in a kind is a fault that is not injected, and nothing else.
        catch (Exception mistake)
#pragma warning restore CA1031
        {
            return FaultPlanning.Refused($"{kind.Name} cannot be planned: {mistake.GetType().Name}: {mistake.Message}");
        }

        var mask = order.Request.Mask;
        if (planning.Plan is not { } plan)
        {
            return FaultPlanning.Refused(mask.Apply(planning.Problem!));
        }

        plan = Masked(plan, order.Activity, mask);
        return Refusal(plan, order) is { } refusal ? FaultPlanning.Refused(refusal) : FaultPlanning.Of(plan);
    }

    private static FaultPlan Masked(FaultPlan plan, string activity, SecretMask mask) => mask.IsEmpty ? plan : plan with
    {
        Targets = [.. plan.Targets.Select(target => target with { Text = mask.Apply(target.Text) })],
        UndoText = mask.Apply(plan.UndoText),
        Text = mask.Apply(plan.Text),
        Hidden = [.. plan.Hidden, .. mask.In(
            string.Join('\n', [activity, plan.Undo.ToJsonString(), plan.UndoText, .. plan.Targets.Select(target => target.Text)]))],
    };

    private static string? Refusal(FaultPlan plan, FaultOrder order)
    {
        var kind = order.Kind.Description.Name;
        return plan.Targets.Count == 0 ? $"{kind} has found nothing to hit"
            : plan.Targets.Count > order.Request.MaxTargets
                ? $"{kind} would hit {plan.Targets.Count} targets, and max_targets is {order.Request.MaxTargets}: {string.Join(", ", plan.Targets.Select(target => target.Text))}"
            : plan.IsIrreversible && !order.AllowIrreversible
                ? $"{plan.Text}: this cannot be taken back; it is refused unless the provider says \"irreversible\": true"
            : null;
    }
}
