using System.Globalization;

namespace Turbulence.Faults.Stress;

/// <summary>The small text files through which Linux tells of itself.</summary>
internal static class ProcText
{
    /// <summary>A file's text; null where it is not there or not ours to read.</summary>
    public static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file, where that is possible.</summary>
    public static bool TryWrite(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The first number after a name at the start of a line: <c>MemAvailable:   22431 kB</c>.</summary>
    public static long? Number(string? text, string name)
    {
        var line = text?.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line?[name.Length..].Split([' ', '\t', ':'], StringSplitOptions.RemoveEmptyEntries) is [var word, ..]
            && long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }
}
