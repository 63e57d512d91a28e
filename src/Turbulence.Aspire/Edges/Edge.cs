using System.Security.Cryptography;
using System.Text;

namespace Turbulence.Aspire.Edges;

/// <summary>A way on which one resource calls another: it was given the address of one of that one's endpoints.</summary>
/// <param name="From">The name of the resource that calls.</param>
/// <param name="To">The name of the resource that is called.</param>
/// <param name="Endpoint">The name of the endpoint that is called.</param>
public sealed record Edge(string From, string To, string Endpoint)
{
    private const int MostName = 64;

    /// <summary>What its resource and its proxy are called where there is no other from the one to the other: <c>web-to-api</c>.</summary>
    internal string Name => Short($"{From}-to-{To}");

    /// <summary>What they are called otherwise: <c>web-to-api-https</c>.</summary>
    internal string FullName => Short($"{From}-to-{To}-{Endpoint}");

    // Names of resources end there. Those that are cut are told apart by what they were.
    private static string Short(string name)
    {
        if (name.Length <= MostName)
        {
            return name;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8];
        return $"{name[..(MostName - 9)].TrimEnd('-')}-{hash}";
    }
}
