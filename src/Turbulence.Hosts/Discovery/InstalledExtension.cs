namespace Turbulence.Hosts.Discovery;

/// <summary>An extension that is installed for a language.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; empty where it has none.</param>
/// <param name="License">Its licence; null where it says nothing of it.</param>
/// <param name="Description">What it is, in one line; empty where it says nothing.</param>
public sealed record InstalledExtension(string Name, string Version, string? License, string Description);
