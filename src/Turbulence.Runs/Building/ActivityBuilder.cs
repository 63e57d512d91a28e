using System.Text.Json.Nodes;

namespace Turbulence.Runs.Building;

/// <summary>Says more of one activity.</summary>
public sealed class ActivityBuilder
{
    private readonly JsonObject activity;

    internal ActivityBuilder(JsonObject activity) => this.activity = activity;

    /// <summary>The stage goes on meanwhile.</summary>
    public ActivityBuilder InBackground() => Set("background", true);

    /// <summary>How long nothing happens before it.</summary>
    public ActivityBuilder PauseBefore(TimeSpan time) => Pause("before", time);

    /// <summary>How long nothing happens after it.</summary>
    public ActivityBuilder PauseAfter(TimeSpan time) => Pause("after", time);

    /// <summary>Any key of the activity.</summary>
    public ActivityBuilder Set(string key, JsonNode? value)
    {
        activity[key] = value;
        return this;
    }

    /// <summary>Any key of its provider.</summary>
    public ActivityBuilder SetProvider(string key, JsonNode? value)
    {
        activity["provider"]![key] = value;
        return this;
    }

    private ActivityBuilder Pause(string key, TimeSpan time)
    {
        var pauses = activity["pauses"] as JsonObject ?? (JsonObject)(activity["pauses"] = new JsonObject());
        pauses[key] = time.TotalSeconds;
        return this;
    }
}
