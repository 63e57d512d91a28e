namespace Turbulence.Hosts.Protocol;

/// <summary>A request that was sent.</summary>
/// <param name="Id">Its id.</param>
/// <param name="End">Where it ends in the stream, in bytes from its beginning; <see cref="long.MaxValue"/> where it did not get
/// there.</param>
internal readonly record struct SentRequest(long Id, long End);
