namespace Turbulence.Events;

/// <summary>The program that a run is made by.</summary>
/// <param name="Name">Its name: <c>chaos</c>, or that of the program that uses the library.</param>
/// <param name="Version">The version of Turbulence.</param>
public sealed record RunProgram(string Name, string Version)
{
    /// <summary>A program that did not say what it is.</summary>
    public static RunProgram Unknown { get; } = new(AppDomain.CurrentDomain.FriendlyName, "0.0.0");
}
