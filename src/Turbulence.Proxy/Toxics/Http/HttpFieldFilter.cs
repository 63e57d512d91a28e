namespace Turbulence.Proxy.Toxics.Http;

/// <summary>Whether a field of this name is meant.</summary>
internal delegate bool HttpFieldFilter(ReadOnlySpan<byte> name);
