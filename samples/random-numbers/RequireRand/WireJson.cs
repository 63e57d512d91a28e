using System.Text.Json.Serialization;

namespace RandomNumbers.RequireRand;

/// <summary>How rand servers are written to and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NumberRequest))]
[JsonSerializable(typeof(ServerAnswer))]
internal sealed partial class WireJson : JsonSerializerContext;
