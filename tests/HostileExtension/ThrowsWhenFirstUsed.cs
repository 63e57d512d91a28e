namespace HostileExtension;

#pragma warning disable CS1591, CA1810 // Its static constructor is the point.

public static class ThrowsWhenFirstUsed
{
    private static readonly int Number;

    static ThrowsWhenFirstUsed()
    {
        Number = 1;
        throw new InvalidOperationException("not today");
    }

    public static int Call() => Number;
}
