using System.Text.Json.Nodes;
using Turbulence.Json;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>
/// <c>match(text, pattern)</c> and <c>search(text, pattern)</c> (RFC 9535, sections 2.4.6 and 2.4.7): whether all or a part of a
/// text matches a regular expression. False where either is no text and where the pattern is no I-Regexp.
/// </summary>
internal sealed class PatternFunction(Comparable text, Comparable pattern, bool wholeText) : Condition
{
    // Most patterns are literals. Two threads may both build one; either is right.
    private IRegexp? _latest;

    public override bool Holds(Evaluation evaluation, JsonNode? current)
    {
        if (!text.TryRead(evaluation, current, out var textValue)
            || !pattern.TryRead(evaluation, current, out var patternValue)
            || !JsonTexts.TryRead(textValue, out var searched)
            || !JsonTexts.TryRead(patternValue, out var written))
        {
            return false;
        }

        var expression = _latest;
        if (expression is null || expression.Pattern != written)
        {
            expression = IRegexp.Parse(written, wholeText);
            _latest = expression;
        }

        var matches = expression.IsMatch(searched, out var problem);
        return problem is null ? matches : evaluation.Fail(problem);
    }
}
