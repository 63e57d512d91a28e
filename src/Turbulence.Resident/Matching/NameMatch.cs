namespace Turbulence.Resident.Matching;

/// <summary>A name, or its beginning and a star; upper and lower case are the same.</summary>
/// <param name="pattern">The name: <c>Npgsql</c>, <c>MyShop.*</c>, <c>*</c>.</param>
internal readonly struct NameMatch(string pattern)
{
    public bool Is(string name) => pattern.EndsWith('*')
        ? name.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.OrdinalIgnoreCase)
        : string.Equals(name, pattern, StringComparison.OrdinalIgnoreCase);
}
