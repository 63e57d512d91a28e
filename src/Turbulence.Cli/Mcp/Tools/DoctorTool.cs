using System.Text.Json.Nodes;
using Turbulence.Cli.Doctor;

namespace Turbulence.Cli.Mcp.Tools;

/// <summary>What works on this machine.</summary>
/// <param name="place">What it works with.</param>
internal sealed class DoctorTool(McpPlace place) : ITool
{
    public string Name => "doctor";

    public string Description =>
        "What works on this machine, and what each missing thing would need. Takes some seconds, and leaves nothing.";

    public IReadOnlyList<ToolArgument> Arguments => [];

    public bool IsReadOnly => true;

    public async Task<JsonObject> CallAsync(
        IReadOnlyDictionary<string, string> arguments, Action<string> progress, CancellationToken stop)
    {
        List<Finding> found = [];
        var examinations = Examinations.All(place.Around, place.SettingsPath);
        await foreach (var finding in Examinations.LookAsync(examinations, place.Around.Time, stop))
        {
            found.Add(finding);
            progress($"{finding.Word} {finding.Subject}: {finding.Text}");
        }

        return FindingsJson.Of(found);
    }
}
