using System.Text.Json.Nodes;

namespace PythonWorker.Tests;

/// <summary>JSON as the tests write and compare it.</summary>
internal static class Json
{
    public static JsonObject Map(string text) => JsonNode.Parse(text)!.AsObject();

    /// <summary>Same content; the order of members does not count.</summary>
    public static void Same(string expected, JsonNode? actual) =>
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}\nbut it is {actual?.ToJsonString() ?? "null"}");

    public static string Text(JsonNode? node) => node!.GetValue<string>();

    public static string[] Texts(JsonNode? list) => [.. list!.AsArray().Select(Text)];
}
