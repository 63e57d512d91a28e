using System.Text.Json;

namespace Turbulence.Reports.Reading;

/// <summary>Reads an object whose keys are names that somebody has given.</summary>
internal static class NamedMembers
{
    /// <summary>Reads the value behind a name.</summary>
    public delegate void ReadMember<TInto>(ref Utf8JsonReader reader, string name, TInto into);

    /// <summary>Reads each member; another value is passed over.</summary>
    public static void Read<TInto>(ref Utf8JsonReader reader, TInto into, ReadMember<TInto> read)
    {
        if (!reader.IsObject())
        {
            return;
        }

        while (reader.NextMember())
        {
            read(ref reader, reader.AnyText(), into);
        }
    }
}
