using System.Text.Json.Nodes;
using Turbulence.Events;

namespace Turbulence.Cli.Agents;

/// <summary>What an agent says of faults.</summary>
internal static class AgentAnswers
{
    /// <summary>What was seen.</summary>
    public static JsonObject Of(Evidence seen)
    {
        var answer = new JsonObject { ["seen"] = seen.Seen, ["text"] = seen.Text };
        if (seen.Hits is { } hits)
        {
            answer["hits"] = hits;
        }

        return answer;
    }

    /// <summary>A fault as it stands.</summary>
    public static JsonObject Of(FaultReport fault)
    {
        var answer = new JsonObject
        {
            ["fault"] = fault.Id,
            ["state"] = fault.State.ToString().ToLowerInvariant(),
            ["targets"] = Texts(fault.Targets),
            ["undo"] = fault.Undo,
        };
        if (fault.Effect is { } effect)
        {
            answer["effect"] = Of(effect);
        }

        if (fault.Confirmation is { } confirmation)
        {
            answer["confirmation"] = Of(confirmation);
        }

        foreach (var (key, text) in ((string, string?)[])[("lost", fault.Lost), ("reverted_by", fault.RevertedBy), ("problem", fault.Problem)])
        {
            if (text is not null)
            {
                answer[key] = text;
            }
        }

        return answer;
    }

    /// <summary>A fault that has ended.</summary>
    /// <param name="fault">How it stands.</param>
    /// <param name="outcome">How its run ended.</param>
    /// <param name="why">Why it ended before anybody asked for that; null where somebody did.</param>
    public static JsonObject Of(FaultReport fault, RunOutcome outcome, string? why)
    {
        var answer = Of(fault);
        answer["verdict"] = outcome.Word;
        answer["reasons"] = Texts(outcome.Reasons);
        answer["is_as_it_was"] = !outcome.NeedsAPerson && !fault.IsOutstanding;
        if (why is not null)
        {
            answer["ended_early"] = why;
        }

        return answer;
    }

    /// <summary>Texts.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(static text => JsonValue.Create(text))]);
}
