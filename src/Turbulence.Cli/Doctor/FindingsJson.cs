using System.Text.Json.Nodes;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Doctor;

/// <summary>Writes what was found out for programs.</summary>
internal static class FindingsJson
{
    /// <summary>What was found, for programs.</summary>
    public static JsonObject Of(IReadOnlyCollection<Finding> found) => new()
    {
        ["version"] = ProgramVersion.Text,
        ["works"] = found.All(static finding => finding.State != FindingState.Broken),
        ["findings"] = new JsonArray([.. found.Select(static finding => new JsonObject
        {
            ["subject"] = finding.Subject,
            ["state"] = finding.Word,
            ["text"] = finding.Text,
        })]),
    };
}
