using System.Runtime.InteropServices;

namespace Turbulence.Events;

/// <summary>The machine that a run is made on.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Platform">Its operating system with the version, as the system says it.</param>
/// <param name="Processors">How many processors the program may use.</param>
/// <param name="Runtime">The .NET that the program runs on, with the version.</param>
public sealed record RunMachine(string Host, string Platform, int Processors, string Runtime)
{
    /// <summary>This one.</summary>
    public static RunMachine Current { get; } =
        new(Environment.MachineName, RuntimeInformation.OSDescription, Environment.ProcessorCount, RuntimeInformation.FrameworkDescription);
}
