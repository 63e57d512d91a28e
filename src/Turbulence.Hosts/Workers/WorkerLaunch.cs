namespace Turbulence.Hosts.Workers;

/// <summary>How a worker is started. It gets our environment and starts in our current directory.</summary>
/// <param name="FileName">The program's file; <c>PATH</c> is not searched.</param>
/// <param name="Arguments">The arguments after the program's name, each passed on as it is.</param>
public sealed record WorkerLaunch(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>
    /// Variables that the worker has besides ours, or in their place; one that is null here it does not have. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// Written to the worker's standard input before the first message: a program that is handed over so. Default: nothing.
    /// </summary>
    public ReadOnlyMemory<byte> Preamble { get; init; }
}
