using System.Collections.Concurrent;
using System.Globalization;

namespace Turbulence.JsonPaths.Rfc9535;

/// <summary>The code points of Unicode's general categories, those beyond U+FFFF included, which .NET's <c>\p</c> does not know.</summary>
internal static class CodePointCategories
{
    // RFC 9485, section 4, IsCategory; in the order of UnicodeCategory, with the surrogates (Cs) that an I-Regexp has no word for.
    private static readonly string[] Names =
    [
        "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co",
        "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Cn",
    ];

    private static readonly ConcurrentDictionary<string, CodePointSet?> Found = new(StringComparer.Ordinal);

    /// <summary>The code points of a category (<c>Lu</c>) or of a group of them (<c>L</c>); null when there is none of that name.</summary>
    public static CodePointSet? Find(string name) =>
        name.Length is 1 or 2 && name != "Cs" && Names.Any(category => category.StartsWith(name, StringComparison.Ordinal))
            ? Found.GetOrAdd(name, Collect)
            : null;

    private static CodePointSet Collect(string name)
    {
        var ranges = new List<(int First, int Last)>();
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(codePoint);
            if (category == UnicodeCategory.Surrogate || !Names[(int)category].StartsWith(name, StringComparison.Ordinal))
            {
                continue;
            }

            if (ranges.Count > 0 && ranges[^1].Last == codePoint - 1)
            {
                ranges[^1] = (ranges[^1].First, codePoint);
            }
            else
            {
                ranges.Add((codePoint, codePoint));
            }
        }

        return CodePointSet.Of(ranges);
    }
}
