namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>The same in programs of the machine's .NET.</summary>
public sealed class DotNet10KindsTests(DotNet10KindsTests.Pair pair) : DotNetKindsTests(pair, "10.0"), IClassFixture<DotNet10KindsTests.Pair>
{
    public sealed class Pair() : InnerPair(null);
}
