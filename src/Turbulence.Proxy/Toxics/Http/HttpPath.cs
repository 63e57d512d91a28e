using System.Text;
using Turbulence.Proxy.Decisions;

namespace Turbulence.Proxy.Toxics.Http;

/// <summary>A path with places that may hold anything: <c>/orders/{id}</c>; <c>{*rest}</c> at the end is whatever follows.</summary>
internal sealed class HttpPath
{
    private readonly byte[]?[] segments;
    private readonly bool isOpen;

    private HttpPath(byte[]?[] segments, bool isOpen)
    {
        this.segments = segments;
        this.isOpen = isOpen;
    }

    /// <summary>Reads a template.</summary>
    /// <returns>Null where it is none.</returns>
    public static HttpPath? Parse(string template)
    {
        if (!template.StartsWith('/') || template.AsSpan().ContainsAny(" ?#") || template.Any(char.IsControl))
        {
            return null;
        }

        var parts = template[1..].Split('/');
        var isOpen = parts[^1].StartsWith("{*", StringComparison.Ordinal) && parts[^1].EndsWith('}');
        var named = isOpen ? parts[..^1] : parts;
        List<byte[]?> segments = [];
        foreach (var part in named)
        {
            var isPlace = part.Length > 2 && part[0] == '{' && part[^1] == '}';
            if (part[(isPlace ? 1 : 0)..(isPlace ? ^1 : ^0)].AsSpan().ContainsAny("{}*"))
            {
                return null;
            }

            segments.Add(isPlace ? null : Encoding.UTF8.GetBytes(part));
        }

        return new HttpPath([.. segments], isOpen);
    }

    /// <summary>Whether a request's target has this path.</summary>
    public bool Matches(ReadOnlySpan<byte> target)
    {
        var path = RequestTarget.PathOf(target);
        foreach (var segment in segments)
        {
            if (path.Length == 0 || path[0] != '/')
            {
                return false;
            }

            path = path[1..];
            var end = path.IndexOf((byte)'/');
            var part = end < 0 ? path : path[..end];
            if (segment is null ? part.Length == 0 : !part.SequenceEqual(segment))
            {
                return false;
            }

            path = path[part.Length..];
        }

        return path.Length == 0 || isOpen;
    }
}
