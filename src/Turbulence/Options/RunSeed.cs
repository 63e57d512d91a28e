namespace Turbulence.Options;

/// <summary>Makes many seeds of one, so that what happens side by side does not change who chooses what.</summary>
internal static class RunSeed
{
    /// <summary>The seed of one activity: SplitMix64 (Steele, Lea, Flood 2014), its number being the place in the sequence.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="activity">The activity's number.</param>
    public static int Of(int seed, long activity)
    {
        unchecked
        {
            var mixed = (uint)seed + ((ulong)activity * 0x9E3779B97F4A7C15);
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)(mixed ^ (mixed >> 31));
        }
    }
}
