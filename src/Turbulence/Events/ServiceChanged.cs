using System.Text.Json;

namespace Turbulence.Events;

/// <summary>A service of the system under test, or the process with the fault proxies of all, came into another state.</summary>
/// <param name="At">When.</param>
/// <param name="Name">The service's name in the experiment, or <see cref="FaultProxies"/>.</param>
/// <param name="State">The state that it is in now.</param>
/// <param name="Detail">What else is to say: its address, its output file, the time it took; may be empty.</param>
public sealed record ServiceChanged(DateTimeOffset At, string Name, ServiceState State, string Detail) : RunEvent(At)
{
    /// <summary>What stands in the place of a name for the process with the fault proxies of all services: <c>fault proxies</c>.</summary>
    public const string FaultProxies = "fault proxies";

    /// <inheritdoc/>
    public override string Word => "service-changed";

    /// <inheritdoc/>
    internal override RunEvent Masked(EventMask mask) => this with { Name = mask.Of(Name), Detail = mask.Of(Detail) };

    /// <inheritdoc/>
    internal override void Describe(Utf8JsonWriter line)
    {
        line.WriteString("service", Name);
        line.WriteWord("state", State);
    }
}
