namespace Turbulence.Proxy.Connections;

/// <summary>What a client sees when the upstream cannot be reached.</summary>
public enum UpstreamFailure
{
    /// <summary>A reset (RST): as near to a refused connection as it gets once the system has accepted it.</summary>
    Reset,

    /// <summary>An orderly end (FIN), as from Toxiproxy.</summary>
    Close,
}
