using System.Text.Json.Nodes;

namespace ScriptedWorker;

/// <summary>Finds the problem that a function's name tells of.</summary>
internal static class Validation
{
    private static int counted;

    public static JsonObject Of(JsonObject parameters) => new()
    {
        ["activities"] = Lists(parameters["activities"], provider => (string?)provider["func"] switch
        {
            "absent" => Problem("error", "there is no such function"),
            "dies on load" => Dies(),
            "hangs on load" => Hangs(),
            "is counted" => Problems(++counted),
            "needs value" when provider["arguments"]?["value"] is null && provider["arguments"] is not JsonObject { Count: 1 } =>
                Problem("error", "no value"),
            _ => [],
        }),
        ["controls"] = Lists(
            parameters["controls"], provider => (string?)provider["module"] == "absent" ? Problem("warning", "no such module") : []),
    };

    private static JsonArray Problems(int count) => count == 1 ? [] : Problem("error", $"look-up {count}");

    private static JsonArray Dies()
    {
        Console.Error.WriteLine("dies while it is loaded");
        Environment.Exit(9);
        return [];
    }

    private static JsonArray Hangs()
    {
        Console.Error.WriteLine("hangs while it is loaded");
        Thread.Sleep(Timeout.Infinite);
        return [];
    }

    private static JsonArray Lists(JsonNode? list, Func<JsonNode, JsonArray> problems) =>
        new([.. list!.AsArray().Select(item => problems(item!["provider"]!))]);

    private static JsonArray Problem(string severity, string message) =>
        [new JsonObject { ["severity"] = severity, ["path"] = new JsonArray("provider", "func"), ["message"] = message }];
}
