using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Turbulence.Hosts.Workers;

/// <summary>What came of a request to a worker: its result, or why there is none.</summary>
/// <param name="Result">The result; may be null.</param>
/// <param name="Problem">One line: why there is no result; null where there is one.</param>
/// <param name="LastWords">What the worker said last on its standard error, where it died; else empty.</param>
internal sealed record WorkerAnswer(JsonNode? Result, string? Problem, params IReadOnlyList<string> LastWords)
{
    /// <summary>Whether the worker died over it.</summary>
    public bool WorkerDied { get; init; }

    /// <summary>Whether the worker died without having read it, so that another one may be asked.</summary>
    public bool WasUnread { get; init; }

    /// <summary>Whether it took longer than it may.</summary>
    public bool IsLate { get; init; }

    /// <summary>Whether there is a result.</summary>
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsAnswered => Problem is null;

    /// <summary>The worker answered.</summary>
    public static WorkerAnswer Of(JsonNode? result) => new(result, null);

    /// <summary>There is no result.</summary>
    public static WorkerAnswer None(string problem, params IReadOnlyList<string> lastWords) => new(null, problem, lastWords);
}
