using System.Text.Json.Nodes;

namespace Turbulence.Settings;

/// <summary>Where a value stands in the settings: a member of a map, or an item of a list.</summary>
/// <param name="Parent">The map or the list.</param>
/// <param name="Name">The member's name; null for an item.</param>
/// <param name="Index">The item's place, counted from 0; 0 for a member.</param>
public readonly record struct SettingsPlace(JsonNode Parent, string? Name, int Index)
{
    /// <summary>The value; null for an explicit null.</summary>
    public JsonNode? Value => Name is null ? Parent[Index] : Parent[Name];

    /// <summary>Puts <paramref name="value"/> there.</summary>
    public void Set(JsonNode? value)
    {
        if (Name is null)
        {
            Parent[Index] = value;
        }
        else
        {
            Parent[Name] = value;
        }
    }

    /// <summary>Takes the entry or the item out.</summary>
    public void Remove()
    {
        if (Name is null)
        {
            Parent.AsArray().RemoveAt(Index);
        }
        else
        {
            Parent.AsObject().Remove(Name);
        }
    }
}
