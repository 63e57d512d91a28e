using System.Text.Json.Nodes;

namespace Turbulence.Experiments;

/// <summary>What came of carrying out an activity.</summary>
public sealed record ActivityResult
{
    private ActivityResult(ActivityEnd end, JsonNode? output, string? message, IReadOnlyList<string> trace)
    {
        End = end;
        Output = output;
        Message = message;
        Trace = trace;
    }

    /// <summary>How it ended.</summary>
    public ActivityEnd End { get; }

    /// <summary>What the provider returned; null unless it was carried out.</summary>
    public JsonNode? Output { get; }

    /// <summary>One line that says what went wrong; null when it succeeded.</summary>
    public string? Message { get; }

    /// <summary>Why a tolerance that it misses says nothing, while one that it meets does; null where both do.</summary>
    public string? Doubt { get; init; }

    /// <summary>Where in foreign code it went wrong, line by line; empty where that is not known.</summary>
    public IReadOnlyList<string> Trace { get; }

    /// <summary>It was carried out.</summary>
    public static ActivityResult Succeeded(JsonNode? output) => new(ActivityEnd.Succeeded, output, null, []);

    /// <summary>It was carried out, and nothing was seen to change: a run with such a fault proves nothing.</summary>
    /// <param name="message">What was seen instead of an effect, in one line.</param>
    /// <param name="output">What the provider returned.</param>
    public static ActivityResult WithoutEffect(string message, JsonNode? output = null) =>
        new(ActivityEnd.WithoutEffect, output, message, []);

    /// <summary>It was carried out, and what it measured proves nothing.</summary>
    /// <param name="message">Why, in one line.</param>
    /// <param name="output">What the provider returned.</param>
    public static ActivityResult Inconclusive(string message, JsonNode? output = null) =>
        new(ActivityEnd.Inconclusive, output, message, []);

    /// <summary>It failed in a way that the provider foresees.</summary>
    public static ActivityResult Failed(string message, params IReadOnlyList<string> trace) =>
        new(ActivityEnd.Failed, null, message, trace);

    /// <summary>It failed in a way that the reference runner does not foresee.</summary>
    public static ActivityResult Crashed(string message, params IReadOnlyList<string> trace) =>
        new(ActivityEnd.Crashed, null, message, trace);
}
