using Aspire.Hosting.ApplicationModel;

namespace Turbulence.Aspire.Edges;

/// <summary>
/// The endpoint that a caller is given in place of the one it asked for. It is no resource of the application: only its addresses are
/// asked for, and who does waits until the proxy listens.
/// </summary>
internal sealed class EdgeAddress : Resource, IResourceWithEndpoints
{
    private readonly EndpointReference upstream;
    private readonly EndpointAnnotation endpoint;

    /// <summary>Makes one that nobody can use yet.</summary>
    /// <param name="name">The edge's name.</param>
    /// <param name="upstream">The endpoint behind it.</param>
    public EdgeAddress(string name, EndpointReference upstream)
        : base(name)
    {
        this.upstream = upstream;
        var asked = upstream.EndpointAnnotation;
        endpoint = new EndpointAnnotation(asked.Protocol, asked.UriScheme, asked.Transport, asked.Name, isProxied: false);
        Annotations.Add(endpoint);
    }

    /// <summary>Where the proxy listens.</summary>
    /// <param name="host">The host by which the endpoint behind it is called: certificates name it, and some servers ask for it.</param>
    /// <param name="port">The proxy's port.</param>
    public void Allocate(string host, int port) => endpoint.AllocatedEndpoint = new AllocatedEndpoint(
        endpoint, host, port, EndpointBindingMode.SingleAddress, port.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>There is none: who asks for its address fails, and does not pass by.</summary>
    /// <param name="reason">Why.</param>
    public void Refuse(string reason)
    {
#pragma warning disable CS0618 // Nothing else sets why an endpoint has no address.
        endpoint.AllocatedEndpointSnapshot.SetException(new InvalidOperationException(reason));
#pragma warning restore CS0618
    }

    /// <summary>What takes the place of a reference to the endpoint behind it.</summary>
    /// <param name="asked">That reference.</param>
    public EndpointReference Refer(EndpointReference asked)
    {
        // The scheme of an endpoint may still change until the application starts, where https is given to it.
        endpoint.UriScheme = upstream.EndpointAnnotation.UriScheme;
        endpoint.Transport = upstream.EndpointAnnotation.Transport;
        endpoint.TlsEnabled = upstream.EndpointAnnotation.TlsEnabled;
        return new EndpointReference(this, endpoint.Name, asked.ContextNetworkID);
    }
}
