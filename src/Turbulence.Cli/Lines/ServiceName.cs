using Turbulence.Events;

namespace Turbulence.Cli.Lines;

/// <summary>What people read for a service: <c>service db</c>, or <c>fault proxies</c> for those of all services.</summary>
internal static class ServiceName
{
    /// <summary>In the middle of a line.</summary>
    public static string Of(string name) => name == ServiceChanged.FaultProxies ? name : $"service {name}";

    /// <summary>At the beginning of one.</summary>
    public static string First(string name) => name == ServiceChanged.FaultProxies ? "Fault proxies" : $"Service {name}";
}
