using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.JsonPaths;
using Turbulence.Tolerances;
using Turbulence.Values;

namespace Turbulence.Load.Requests;

/// <summary>What a JSONPath is to find in the body of an answer, as a tolerance of the type <c>jsonpath</c> says it.</summary>
internal sealed class JsonAnswer
{
    // A key that stands twice can mean two things.
    private static readonly JsonDocumentOptions Reading = new() { AllowDuplicateProperties = false };

    private readonly JsonPathQuery query;
    private readonly JsonPathExpectation wanted;

    /// <summary>Makes one.</summary>
    /// <param name="path">The path.</param>
    /// <param name="hasExpect">Whether values are expected; otherwise anything is to be found.</param>
    /// <param name="expect">The one value, or a list of them.</param>
    /// <exception cref="ArgumentException">The path is none; the message says why, in one line.</exception>
    public JsonAnswer(string path, bool hasExpect, JsonNode? expect)
    {
        query = JsonPathQuery.TryParse(path, JsonPathDialect.Either, out var read, out var problem)
            ? read
            : throw new ArgumentException(problem);
        wanted = new JsonPathExpectation(SecretMask.None, null, hasExpect, expect?.DeepClone());
    }

    /// <summary>Whether it is found in a body; in what is no JSON nothing is.</summary>
    public bool IsIn(ReadOnlySpan<byte> body)
    {
        try
        {
            return query.TrySelect(JsonNode.Parse(body, documentOptions: Reading), out var found, out _) && wanted.IsMetBy(found);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair is told when it is looked at.
            return false;
        }
    }
}
