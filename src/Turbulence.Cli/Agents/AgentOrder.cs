using System.Text.Json.Nodes;
using Turbulence.Cli.Rpc;
using Turbulence.Json;

namespace Turbulence.Cli.Agents;

/// <summary>A fault that a coordinator asks for.</summary>
/// <param name="Id">What he knows it by.</param>
/// <param name="Name">What it is for, for whoever looks at this host.</param>
/// <param name="Provider">The fault, as an experiment has it under <c>provider</c>.</param>
/// <param name="Lease">How long it stays without a word from him.</param>
internal sealed record AgentOrder(string Id, string Name, JsonObject Provider, TimeSpan Lease)
{
    private const int LongestId = 64;
    private const int LongestName = 200;
    private const double LeastLease = 1;
    private const double MostLease = 3600;

    /// <summary>Reads one.</summary>
    /// <exception cref="RpcException">It cannot be understood.</exception>
    public static AgentOrder Read(JsonObject parameters) => new(
        ReadId(parameters),
        JsonTexts.TryRead(parameters["name"], out var name) && name.Length is > 0 and <= LongestName
            ? name
            : throw Mistake($"name must be a text of 1 to {LongestName} characters"),
        ReadProvider(parameters),
        JsonNumbers.TryReadDouble(parameters["lease"], out var seconds) && seconds is >= LeastLease and <= MostLease
            ? TimeSpan.FromSeconds(seconds)
            : throw Mistake($"lease must be a number of seconds from {LeastLease} to {MostLease}"));

    /// <summary>Reads what a fault is known by.</summary>
    /// <exception cref="RpcException">It cannot be understood.</exception>
    public static string ReadId(JsonObject parameters) =>
        JsonTexts.TryRead(parameters["id"], out var id) && id.Length is > 0 and <= LongestId
            && id.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.')
            ? id
            : throw Mistake($"id must be 1 to {LongestId} letters, digits, '-', '_' and '.'");

    /// <summary>Reads the fault alone.</summary>
    /// <exception cref="RpcException">It cannot be understood.</exception>
    public static JsonObject ReadProvider(JsonObject parameters)
    {
        if (parameters["provider"] is not JsonObject given)
        {
            throw Mistake("provider must be a map, as that of a fault in an experiment");
        }

        // Whatever else a provider can be, here it is a fault: nothing that an order says is started as a program.
        var provider = given.DeepClone().AsObject();
        provider["type"] = "fault";
        return provider;
    }

    private static RpcException Mistake(string text) => new(RpcException.Parameters, text);
}
