using Turbulence.Load.Outcomes;
using Turbulence.Load.Requests;

namespace Turbulence.Load.Connections;

/// <summary>Says what an answer is: of which class, an error, or wrong.</summary>
/// <param name="classes">The classes, the first that fits first.</param>
internal sealed class AnswerJudge(IReadOnlyList<AnswerClass> classes)
{
    /// <summary>Whether the head of an answer to a request is looked at.</summary>
    public bool NeedsHead(LoadRequest request) => Needs(request, AnswerPart.Header);

    /// <summary>Whether the body is.</summary>
    public bool NeedsBody(LoadRequest request) => Needs(request, AnswerPart.Body);

    /// <summary>What the answer to a request is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="status">The answer's status.</param>
    /// <param name="head">Its head, where that is looked at.</param>
    /// <param name="body">Its body, where that is.</param>
    public (RequestOutcome Outcome, int Class) Judge(LoadRequest request, int status, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body)
    {
        if (!request.Expected.Allows(status))
        {
            return (RequestOutcome.ErrorStatus, 0);
        }

        if (request.Check is { } check && !check.IsIn(status, head, body))
        {
            return (RequestOutcome.WrongAnswer, 0);
        }

        // The last one is for all others; where there are no classes, it is the only one.
        var place = 0;
        while (place < classes.Count && !classes[place].Pattern.IsIn(status, head, body))
        {
            place++;
        }

        return (RequestOutcome.Answered, place);
    }

    private bool Needs(LoadRequest request, AnswerPart part) => request.Check?.Part == part || classes.Any(one => one.Pattern.Part == part);
}
