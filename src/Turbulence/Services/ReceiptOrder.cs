namespace Turbulence.Services;

/// <summary>Where fault proxies add a line for whatever they hit, up to a limit.</summary>
/// <param name="Path">The file, which is there.</param>
/// <param name="Secrets">What must not stand in it; a secret each.</param>
public sealed record ReceiptOrder(string Path, IReadOnlyCollection<string> Secrets);
