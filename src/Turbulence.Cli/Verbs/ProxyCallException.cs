namespace Turbulence.Cli.Verbs;

/// <summary>A server of proxies did not do what it was asked.</summary>
/// <param name="message">Why, in one line.</param>
/// <param name="isMistake">Whether it was asked for something wrong.</param>
internal sealed class ProxyCallException(string message, bool isMistake) : Exception(message)
{
    /// <summary>Whether it was asked for something wrong.</summary>
    public bool IsMistake { get; } = isMistake;
}
