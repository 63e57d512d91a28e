using System.Text.Json.Serialization;

namespace RandomNumbers.RandServer;

/// <summary>How the answers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DrawAnswer))]
[JsonSerializable(typeof(Refusal))]
public sealed partial class AnswerJson : JsonSerializerContext;
