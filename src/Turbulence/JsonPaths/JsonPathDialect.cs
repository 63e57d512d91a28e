namespace Turbulence.JsonPaths;

/// <summary>How the text of a JSONPath query is read and what it means.</summary>
public enum JsonPathDialect
{
    /// <summary>The standard, RFC 9535, with regular expressions as in RFC 9485.</summary>
    Rfc9535,

    /// <summary>
    /// What the reference runner understands: <c>=</c> instead of <c>==</c>, double quotes only, a filter tests the node it
    /// stands at, <c>or</c> binds tighter than <c>and</c>.
    /// </summary>
    Reference,

    /// <summary>RFC 9535, and where the text is none the reference runner's dialect.</summary>
    Either,
}
