namespace RandomNumbers.RequireRand;

/// <summary>Where a response lies in the bytes that were received.</summary>
/// <param name="Status">The status code.</param>
/// <param name="BodyStart">The body's first byte.</param>
/// <param name="BodyLength">The body's length, in bytes.</param>
/// <param name="Reusable">True when the connection can take another request.</param>
internal readonly record struct ServerResponse(int Status, int BodyStart, int BodyLength, bool Reusable);
