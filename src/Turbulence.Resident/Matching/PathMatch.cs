using System.Text.RegularExpressions;
using Turbulence.Resident.Contracts;

namespace Turbulence.Resident.Matching;

/// <summary>
/// Which paths are meant: those in which a regular expression is found, or all. It is found in time proportional to the path, unless it has
/// a lookaround or a reference back. A path that takes too long to be searched for such a one is not meant: an exception of ours would come
/// out of the program's own call.
/// </summary>
internal sealed class PathMatch(Spec spec)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);

    private readonly Regex? pattern = spec.Text("path") is { } text ? Make(text) : null;

    public bool Is(string path)
    {
        try
        {
            return pattern is null || pattern.IsMatch(path);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Regex Make(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(text, RegexOptions.CultureInvariant, Longest);
        }
    }
}
