namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>The same in programs that bring .NET 9 with them.</summary>
public sealed class DotNet9KindsTests(DotNet9KindsTests.Pair pair) : DotNetKindsTests(pair, "9.0"), IClassFixture<DotNet9KindsTests.Pair>
{
    public sealed class Pair() : InnerPair("net9.0");
}
