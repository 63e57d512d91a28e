using Turbulence.Platform.Processes;

namespace Turbulence.Cli.Wizard.Places;

/// <summary>A program of this machine that somebody can connect to.</summary>
/// <param name="Port">The TCP port that it listens on.</param>
/// <param name="Program">Its name, and its script where it has one: <c>python3 server.py</c>.</param>
internal sealed record ListeningService(int Port, string Program)
{
    /// <summary>What is asked first of it.</summary>
    public string Url => $"http://localhost:{Port}/";

    /// <summary>Names what listens.</summary>
    public static IReadOnlyList<ListeningService> Of(IEnumerable<(int Port, ProcessStatus Process)> listening) =>
        [.. listening.Select(static one => new ListeningService(one.Port, Name(one.Process)))];

    // The script is worth showing; what else stands in a command line may be a secret.
    private static string Name(ProcessStatus process) => ProcessTable.CommandLine(process.Id) switch
    {
        [var program, ['.' or '/' or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'), ..] script, ..] when Path.HasExtension(script) =>
            $"{Path.GetFileName(program)} {Path.GetFileName(script)}",
        [{ Length: > 0 } program, ..] => Path.GetFileName(program),
        _ => process.Name,
    };
}
