namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>
/// What stands at one place of a filter, before it is known what it is used for: a path that leads to one node at most can be
/// compared and can be tested, a literal only compared, <c>match(…)</c> only tested.
/// </summary>
/// <param name="Value">What it is in a comparison; null when it cannot be compared.</param>
/// <param name="Test">What it is by itself; null when it cannot stand by itself.</param>
internal readonly record struct FilterOperand(Comparable? Value, Condition? Test);
