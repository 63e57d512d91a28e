namespace Turbulence.Resident.Watching;

/// <summary>What tells operations apart.</summary>
/// <param name="Source">The name of the source.</param>
/// <param name="Operation">The name of the span.</param>
/// <param name="Kind">Its kind, in small letters; <c>event</c> where it is none.</param>
/// <param name="Tags">The tags that say what it depends on, each <c>name=value</c>, a line break between two.</param>
/// <param name="Caller">The operation that it is a part of; empty for none.</param>
internal readonly record struct OperationKey(string Source, string Operation, string Kind, string Tags, string Caller);
