using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Sdk;

namespace NumberDrills;

/// <summary>A control that keeps the time of every activity, and writes it to a file at the end.</summary>
[Control]
public sealed class Timekeeper
{
    private readonly Lock gate = new();
    private readonly List<string> lines = [];

    /// <summary>Notes how long an activity took and how it ended. Background activities end on other threads.</summary>
    /// <param name="context">The activity.</param>
    /// <param name="state">Its entry in the journal.</param>
    public void AfterActivity(JsonObject context, JsonObject state)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(state);
        var line = string.Create(
            CultureInfo.InvariantCulture, $"{context["name"]}: {state["status"]} after {(double?)state["duration"] ?? 0:0.000} s");
        lock (gate)
        {
            lines.Add(line);
        }
    }

    /// <summary>Writes the file.</summary>
    /// <param name="file">Where to. Default: <c>times.txt</c>, where chaos was started.</param>
    public void AfterExperiment(string file = "times.txt")
    {
        lock (gate)
        {
            File.WriteAllLines(file, lines);
        }
    }
}
