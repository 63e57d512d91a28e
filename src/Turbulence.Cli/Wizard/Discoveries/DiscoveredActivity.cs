using System.Text.Json.Nodes;

namespace Turbulence.Cli.Wizard.Discoveries;

/// <summary>An activity that an extension offers.</summary>
/// <param name="Type"><c>probe</c> or <c>action</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Explanation">The first line of what the extension says of it; empty for nothing.</param>
/// <param name="Provider">The provider object that carries it out, still without arguments.</param>
/// <param name="Arguments">What it takes.</param>
/// <param name="ReturnType">The portable type of its output; null where none was declared.</param>
internal sealed record DiscoveredActivity(
    string Type, string Name, string Explanation, JsonObject Provider, IReadOnlyList<DiscoveredArgument> Arguments, string? ReturnType)
{
    /// <summary>Whether it can be a part of the steady state.</summary>
    public bool IsProbe => Type == "probe";
}
