using Turbulence.Cli.Mcp.Tools;

namespace Turbulence.Cli.Mcp;

/// <summary>The tools of a server.</summary>
internal static class McpTools
{
    /// <summary>Those that a policy allows; what it does not allow is not there at all.</summary>
    /// <param name="place">What they work with.</param>
    /// <param name="slot">Holds the run.</param>
    public static IReadOnlyList<ITool> For(McpPlace place, RunSlot slot) =>
    [
        new DiscoverTool(place),
        new DoctorTool(place),
        new ValidateTool(place),
        new PlanTool(place),
        new ExplainTool(place),
        new RunsTool(place),
        .. place.Policy.AllowsRuns ? (ITool[])[new RunTool(place, slot), new HaltTool(slot)] : [],
    ];
}
