using System.Text.Json.Nodes;

namespace Turbulence.Cli.Wizard;

/// <summary>An activity of an experiment that is being made.</summary>
/// <param name="Type"><c>probe</c> or <c>action</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Provider">The provider object.</param>
internal sealed record ActivityDraft(string Type, string Name, JsonObject Provider)
{
    /// <summary>What its output has to be; null for no tolerance.</summary>
    public JsonNode? Tolerance { get; init; }

    /// <summary>The portable type of its output; null where nobody said.</summary>
    public string? ReturnType { get; init; }

    /// <summary>How many seconds the experiment goes on after it; null for none.</summary>
    public double? PauseAfter { get; init; }

    /// <summary>Whether the method goes on beside it. Default: no.</summary>
    public bool IsInBackground { get; init; }

    /// <summary><c>provider.type</c>.</summary>
    public string ProviderType => (string)Provider["type"]!;

    /// <summary>The activity as an experiment has it; a new object each time.</summary>
    public JsonObject ToJson()
    {
        var activity = new JsonObject { ["type"] = Type, ["name"] = Name };
        if (IsInBackground)
        {
            activity["background"] = true;
        }

        if (Tolerance is not null)
        {
            activity["tolerance"] = Tolerance.DeepClone();
        }

        activity["provider"] = Provider.DeepClone();
        if (PauseAfter is { } pause)
        {
            activity["pauses"] = new JsonObject { ["after"] = pause };
        }

        return activity;
    }
}
