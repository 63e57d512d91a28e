namespace Turbulence.Faults.Targets;

/// <summary>
/// Which bytes of a file a fault changes, and how: the same each time that it is asked, so that whoever takes the fault back knows every
/// byte.
/// </summary>
internal interface ICorruptPlaces
{
    /// <summary>How many bytes.</summary>
    long Count { get; }

    /// <summary>
    /// The places in rising order, neighbours taken together, with what each byte is XORed with, which is never 0; the masks are good until
    /// the next.
    /// </summary>
    /// <param name="longest">The longest run.</param>
    IEnumerable<(long Offset, ReadOnlyMemory<byte> Masks)> Runs(int longest);
}
