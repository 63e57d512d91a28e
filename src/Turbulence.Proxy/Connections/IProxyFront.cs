namespace Turbulence.Proxy.Connections;

/// <summary>Where the clients of a proxy come in; all of it on its loop.</summary>
internal interface IProxyFront
{
    /// <summary>Begins.</summary>
    void Start();

    /// <summary>Ends, and closes its socket.</summary>
    void Close();
}
