namespace Turbulence.Reports.Formats;

/// <summary>A kind of what can be found.</summary>
/// <param name="Id">Its id, which stays.</param>
/// <param name="Level">How grave it is: <c>warning</c>, <c>error</c>.</param>
/// <param name="Short">What it is, in a few words.</param>
/// <param name="Full">What it means.</param>
internal sealed record SarifRule(string Id, string Level, string Short, string Full);
