using System.Globalization;
using System.Text.Json.Nodes;

namespace Turbulence.Runs.Scopes;

/// <summary>One fault proxy, which faults of the kinds <c>network.*</c> can be put into.</summary>
public sealed class FaultProxy
{
    private readonly Uri api;
    private readonly string tokenFile;

    internal FaultProxy(string name, string address, string upstream, Uri api, string tokenFile)
    {
        Name = name;
        Address = address;
        Upstream = upstream;
        this.api = api;
        this.tokenFile = tokenFile;
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
        (arguments["proxy"], arguments["api"], arguments["token_file"]) = (Name, api.AbsoluteUri, tokenFile);
        return arguments;
    }
}
