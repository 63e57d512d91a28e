namespace Turbulence.Cli.Mcp.Tools;

/// <summary>The argument of tools that work on an experiment.</summary>
internal static class ExperimentArgument
{
    /// <summary>Its name.</summary>
    public const string Name = "experiment";

    /// <summary>The argument.</summary>
    public static ToolArgument Of { get; } = new(
        Name, "the experiment's file, JSON or YAML: its path in the folder of this server", IsRequired: true);
}
