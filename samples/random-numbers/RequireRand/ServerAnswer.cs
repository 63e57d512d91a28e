using System.Text.Json.Serialization;

namespace RandomNumbers.RequireRand;

/// <summary>A rand server's answer as it comes over the wire: a number or an error.</summary>
/// <param name="Server">Who answers.</param>
/// <param name="Content">The number, in digits.</param>
/// <param name="Error">Why there is no number.</param>
internal sealed record ServerAnswer(string? Server, string? Content, string? Error);

/// <summary>How the answer is read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ServerAnswer))]
internal sealed partial class ServerAnswerJson : JsonSerializerContext;
