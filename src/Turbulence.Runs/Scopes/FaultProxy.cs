using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Faults.Proxies;
using Turbulence.Services;

namespace Turbulence.Runs.Scopes;

/// <summary>One fault proxy, which faults of the kinds <c>network.*</c> can be put into.</summary>
public sealed class FaultProxy
{
    private readonly LentProxies lent;

    internal FaultProxy(string name, string address, string upstream, LentProxies lent)
    {
        Name = name;
        Address = address;
        Upstream = upstream;
        this.lent = lent;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Where it listens, <c>127.0.0.1:41234</c>: what the code under test calls in place of <see cref="Upstream"/>.</summary>
    public string Address { get; }

    /// <summary>The port of <see cref="Address"/>.</summary>
    public int Port => int.Parse(Address.AsSpan(Address.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Who is behind it.</summary>
    public string Upstream { get; }

    /// <summary>Arguments of a <c>network.*</c> fault that hits this proxy.</summary>
    /// <param name="more">What else the kind takes: <c>latency</c>, for example. Default: nothing.</param>
    public JsonObject Arguments(JsonObject? more = null)
    {
        var arguments = more?.DeepClone().AsObject() ?? [];
        (arguments["proxy"], arguments["api"], arguments["token_file"]) = (Name, lent.Api.AbsoluteUri, lent.TokenFile);
        return arguments;
    }

    /// <summary>
    /// What a service that is reached through it has of it, see <see cref="ServiceLocation.Proxies"/>: faults then name it by that service.
    /// </summary>
    /// <param name="from">The service that calls through it. Default: null, whoever does.</param>
    public ServiceProxy For(string? from = null) => new(Name, from, lent.Api)
    {
        Listen = Address,
        Upstream = Upstream,
        Token = lent.Token(),
        Process = lent.Identity,
    };
}
