using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Json;

/// <summary>A list of an object of which a snapshot is taken that is a text which nothing changes: it needs no copy.</summary>
/// <param name="Place">Which member it is, counted from 0.</param>
/// <param name="List">The list.</param>
/// <param name="Mask">Makes of an element what the snapshot tells of it; null where that is the element itself.</param>
internal sealed record SnapshotList(int Place, UnreadList List, Func<JsonNode?, JsonNode?>? Mask);
