namespace Turbulence.Hosts.Discovery;

/// <summary>What is installed for a language, or why nobody knows.</summary>
/// <param name="Extensions">The extensions, in the worker's order; empty where nobody knows.</param>
/// <param name="Problem">Why nobody knows, in one line; null where somebody does.</param>
public sealed record ExtensionsAnswer(IReadOnlyList<InstalledExtension> Extensions, string? Problem);
