using System.Globalization;

namespace Turbulence.Resident.Matching;

/// <summary>The values of tags, which are the program's own objects, as text.</summary>
internal static class TagText
{
    /// <summary>
    /// Its text; empty where it has none, or throws in place of saying it: that would come out of the program's own call.
    /// </summary>
    public static string Of(object? value)
    {
        try
        {
            return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        }
        catch (Exception)
        {
            return "";
        }
    }
}
