using System.Text.Json.Nodes;

namespace EndToEnd.Tests.Extensions;

/// <summary>One way in which an activity of an extension goes wrong, in one language.</summary>
/// <param name="Language"><c>python</c> or <c>dotnet</c>.</param>
/// <param name="Call">The function or method.</param>
/// <param name="Arguments">Its arguments, a JSON object.</param>
/// <param name="Timeout">The activity's time limit in seconds; null for none.</param>
public sealed record Mishap(string Language, string Call, string Arguments = "{}", double? Timeout = null)
{
    /// <summary>What the rollback leaves behind.</summary>
    public const string RolledBack = "rolled-back";

    /// <summary>An experiment whose method does this, then calls the same worker once more; its rollback is a file.</summary>
    public string Experiment()
    {
        var mishap = Activity("action", "mishap", Provider(Call, JsonNode.Parse(Arguments)!.AsObject()));
        if (Timeout is { } seconds)
        {
            mishap["timeout"] = seconds;
        }

        var after = Activity("probe", "after", Exists());
        after["tolerance"] = true;
        var rollback = new JsonObject { ["type"] = "process", ["path"] = "touch", ["arguments"] = new JsonArray(RolledBack) };
        return new JsonObject
        {
            ["title"] = Call,
            ["description"] = "a mishap",
            ["method"] = new JsonArray(mishap, after),
            ["rollbacks"] = new JsonArray(Activity("action", "undo", rollback)),
        }.ToJsonString();
    }

    /// <inheritdoc />
    public override string ToString() => $"{Language} {Call}";

    private static JsonObject Activity(string type, string name, JsonObject provider) =>
        new() { ["type"] = type, ["name"] = name, ["provider"] = provider };

    private JsonObject Provider(string call, JsonObject arguments) => Language == "python"
        ? new() { ["type"] = Language, ["module"] = "mishaps", ["func"] = call, ["arguments"] = arguments }
        : new()
        {
            ["type"] = Language,
            ["assembly"] = BuiltPrograms.SampleExtension,
            ["class"] = "SampleExtension.Mishaps",
            ["method"] = call,
            ["arguments"] = arguments,
        };

    private JsonObject Exists()
    {
        var arguments = new JsonObject { ["path"] = "e.json" };
        return Language == "python"
            ? new() { ["type"] = Language, ["module"] = "os.path", ["func"] = "exists", ["arguments"] = arguments }
            : new()
            {
                ["type"] = Language,
                ["assembly"] = "System.Runtime",
                ["class"] = "System.IO.File",
                ["method"] = "Exists",
                ["arguments"] = arguments,
            };
    }
}
