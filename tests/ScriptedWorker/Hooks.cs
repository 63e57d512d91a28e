using System.Text.Json.Nodes;

namespace ScriptedWorker;

/// <summary>A control that does what its argument <c>do</c> says, and tells what it was handed.</summary>
internal static class Hooks
{
    private static int configured;

    public static JsonObject Configure(JsonObject parameters)
    {
        if ((string?)parameters["provider"]!["module"] == "broken")
        {
            return new JsonObject { ["end"] = "crashed", ["message"] = "ImportError: broken", ["hooks"] = new JsonObject() };
        }

        configured++;
        var told = (string?)parameters["arguments"]?["do"] == "tell"
            ? new JsonObject { ["configuration"] = new JsonObject { ["handed"] = parameters.DeepClone() } }
            : null;
        return new JsonObject
        {
            ["changes"] = told,
            ["end"] = "succeeded",
            ["hooks"] = new JsonObject
            {
                ["before_activity"] = new JsonArray("context", "configuration"),
                ["after_activity"] = new JsonArray("context", "experiment", "state"),
                ["cleanup"] = new JsonArray(),
            },
        };
    }

    public static async Task<JsonObject> CallAsync(JsonObject parameters, CancellationToken cancelled)
    {
        switch ((string?)parameters["arguments"]?["do"])
        {
            case "interrupt":
                return new JsonObject { ["end"] = "interrupted", ["message"] = "enough" };
            case "exit":
                return new JsonObject { ["end"] = "exited", ["code"] = 30 };
            case "fail":
                return new JsonObject { ["end"] = "failed", ["message"] = "ValueError: no", ["trace"] = new JsonArray("line 1") };
            case "hang":
                await Task.WhenAny(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancelled));
                break;
            case "die":
                Environment.Exit(4);
                break;
        }

        var handed = new JsonObject { ["configured"] = configured };
        foreach (var (key, value) in parameters.Where(pair => pair.Key is not ("provider" or "arguments")))
        {
            handed[key] = value?.DeepClone();
        }

        return new JsonObject
        {
            ["end"] = "succeeded",
            ["changes"] = new JsonObject { ["configuration"] = new JsonObject { ["handed"] = handed } },
        };
    }
}
