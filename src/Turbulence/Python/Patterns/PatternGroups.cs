using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Turbulence.Python.Patterns;

/// <summary>
/// The capturing groups of a pattern. All are numbered from left to right, named or not, as Python does; .NET would number
/// the named ones last.
/// </summary>
internal sealed class PatternGroups
{
    private readonly Dictionary<string, int> names = new(StringComparer.Ordinal);
    private readonly List<PatternPiece?> groups = [null];
    private int highestCondition;
    private int? lookBehindStart;

    /// <summary>Opens the next group.</summary>
    /// <exception cref="FormatException">The name is taken.</exception>
    public int Open(string? name)
    {
        var number = groups.Count;
        groups.Add(null);
        if (name is not null && !names.TryAdd(name, number))
        {
            throw new FormatException($"redefinition of group name {Quoted(name)} as group {number}; was group {names[name]}");
        }

        return number;
    }

    /// <summary>Closes a group, which can be referred to from now on.</summary>
    public void Close(int number, PatternPiece content) => groups[number] = content;

    /// <summary>Marks the beginning of a look-behind, in which only groups from before it can be referred to.</summary>
    /// <returns>What to give to <see cref="LeaveLookBehind"/>.</returns>
    public int? EnterLookBehind()
    {
        var outer = lookBehindStart;
        lookBehindStart ??= groups.Count;
        return outer;
    }

    /// <summary>Marks the end of a look-behind.</summary>
    public void LeaveLookBehind(int? outer) => lookBehindStart = outer;

    /// <summary>The number that a name stands for.</summary>
    /// <exception cref="FormatException">There is no such group.</exception>
    public int Find(string name)
    {
        CheckName(name);
        return names.TryGetValue(name, out var number) ? number : throw new FormatException($"unknown group name {Quoted(name)}");
    }

    /// <summary>The number of a group that a condition asks for; it may come later.</summary>
    /// <exception cref="FormatException">It can be no group.</exception>
    public int FindCondition(string nameOrNumber)
    {
        var isNumber = !nameOrNumber.AsSpan().ContainsAnyExceptInRange('0', '9');
        var number = 0;
        if (isNumber && !int.TryParse(nameOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out number))
        {
            throw new FormatException($"invalid group reference {nameOrNumber}");
        }

        number = isNumber ? number : Find(nameOrNumber);
        if (number == 0)
        {
            throw new FormatException("bad group number");
        }

        CheckLookBehind(number);
        highestCondition = Math.Max(highestCondition, number);
        return number;
    }

    /// <summary>A reference to what a group matched.</summary>
    /// <exception cref="FormatException">The group does not exist or is not closed.</exception>
    public PatternPiece Refer(int number)
    {
        if (number >= groups.Count)
        {
            throw new FormatException($"invalid group reference {number}");
        }

        var group = groups[number] ?? throw new FormatException("cannot refer to an open group");
        CheckLookBehind(number);
        return group with { Text = $"\\k<{number}>", Kind = PieceKind.Plain };
    }

    /// <summary>Checks at the end of the pattern that every condition's group came.</summary>
    /// <exception cref="FormatException">One did not.</exception>
    public void CheckConditions()
    {
        if (highestCondition >= groups.Count)
        {
            throw new FormatException($"invalid group reference {highestCondition}");
        }
    }

    /// <summary>Checks that a name can be one.</summary>
    /// <exception cref="FormatException">It can not.</exception>
    public static void CheckName(string name)
    {
        var first = true;
        foreach (var rune in name.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var starts = rune.Value == '_' || Rune.IsLetter(rune) || category == UnicodeCategory.LetterNumber;
            var continues = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;
            if (!starts && (first || !continues))
            {
                throw new FormatException($"bad character in group name {Quoted(name)}");
            }

            first = false;
        }
    }

    private static string Quoted(string name) => PythonText.Representation(JsonValue.Create(name));

    private void CheckLookBehind(int number)
    {
        if (number >= lookBehindStart)
        {
            throw new FormatException("cannot refer to group defined in the same lookbehind subpattern");
        }
    }
}
