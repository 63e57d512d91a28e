using System.Text.Json.Nodes;

namespace Turbulence.JsonPaths.Reference;

/// <summary>A call as a step of a path: <c>.length()</c>. It is made once for every combination of the values of its arguments.</summary>
internal sealed class CallSelector(ReferenceFunction function, IReadOnlyList<ReferenceOperand> arguments) : Selector
{
    public override void Select(Evaluation evaluation, JsonNode? node, List<JsonNode?> result)
    {
        var choices = new IReadOnlyList<JsonNode?>[arguments.Count];
        for (var i = 0; i < choices.Length; i++)
        {
            choices[i] = arguments[i].Values(evaluation, node);
            if (choices[i].Count == 0)
            {
                return;
            }
        }

        var chosen = new int[choices.Length];
        do
        {
            var values = new JsonNode?[choices.Length];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = choices[i][chosen[i]];
            }

            if (!evaluation.Step())
            {
                return;
            }

            if (function.TryCall(evaluation, node, values, out var value))
            {
                evaluation.Add(value, result);
            }
        }
        while (Advance(chosen, choices));
    }

    // Counts like an odometer: the last argument changes first.
    private static bool Advance(int[] chosen, IReadOnlyList<JsonNode?>[] choices)
    {
        for (var i = chosen.Length - 1; i >= 0; i--)
        {
            if (++chosen[i] < choices[i].Count)
            {
                return true;
            }

            chosen[i] = 0;
        }

        return false;
    }
}
