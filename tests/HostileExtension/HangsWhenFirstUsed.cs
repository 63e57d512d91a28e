namespace HostileExtension;

#pragma warning disable CS1591, CA1810 // Its static constructor is the point.

public static class HangsWhenFirstUsed
{
    private static readonly int Number;

    static HangsWhenFirstUsed()
    {
        Thread.Sleep(Timeout.Infinite);
        Number = 1;
    }

    public static int Call() => Number;
}
