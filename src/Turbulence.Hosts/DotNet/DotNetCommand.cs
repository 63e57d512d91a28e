using Turbulence.Platform.Processes;

namespace Turbulence.Hosts.DotNet;

/// <summary>Finds the <c>dotnet</c> command.</summary>
public static class DotNetCommand
{
    /// <summary>
    /// The one in the folder that <c>DOTNET_ROOT</c> names, then the one that <c>DOTNET_HOST_PATH</c> names (which the SDK sets for what it
    /// starts), then that on <c>PATH</c>; null where there is none.
    /// </summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static string? Find(Func<string, string?> environment) =>
        Named(environment("DOTNET_ROOT") is { Length: > 0 } root ? Path.Combine(root, "dotnet") : null)
        ?? Named(environment("DOTNET_HOST_PATH"))
        ?? ExecutableSearch.Find("dotnet", environment("PATH"));

    private static string? Named(string? file) => Path.IsPathRooted(file) ? ExecutableSearch.Find(file) : null;
}
