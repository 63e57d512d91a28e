namespace Turbulence.Hosts.Activities;

/// <summary>A key that a provider must have, with a text as its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Problem">What is said where it is not there.</param>
internal readonly record struct RequiredText(string Key, string Problem);
