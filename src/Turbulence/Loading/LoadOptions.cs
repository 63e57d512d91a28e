using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>How an experiment is fetched.</summary>
public sealed record LoadOptions
{
    /// <summary>Whose rules decide which content types are read and who gets the bearer token. Default: ours.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary>
    /// The settings' <c>auths</c>: credentials by netloc (<c>host</c> or <c>host:port</c>, as the source writes it). Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, SourceAuth> Auths { get; init; } = new Dictionary<string, SourceAuth>();

    /// <summary>Whether a server's certificate is checked. Default: true.</summary>
    public bool VerifyTls { get; init; } = true;

    /// <summary>
    /// How long a whole download may take. Default: null, which is 30 seconds, and no limit where
    /// <see cref="Compatibility"/> asks for the reference's rules.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The largest experiment that is read, in bytes. Default: 64 MiB.</summary>
    public long MaximumSize { get; init; } = 64L * 1024 * 1024;

    /// <summary>
    /// Looks an environment variable up; null for one that is not set. <c>CHAOSTOOLKIT_LOADER_AUTH_BEARER_TOKEN</c> is the
    /// token for http(s) sources, <c>TURBULENCE_LOADER_AUTH_HOSTS</c> the netlocs, separated by commas, that may see it beside
    /// those of <see cref="Auths"/>. Default: the process's environment.
    /// </summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>Where a relative path begins, absolute. Default: null, the current folder of the process.</summary>
    public string? Folder { get; init; }

    internal TimeSpan EffectiveTimeout => Timeout
        ?? (Compatibility == Compatibility.ChaosToolkit ? System.Threading.Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(30));
}
