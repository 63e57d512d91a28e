namespace Turbulence.Faults.Kinds.Tests.Kinds;

/// <summary>The same in programs that bring .NET 8 with them.</summary>
public sealed class DotNet8KindsTests(DotNet8KindsTests.Pair pair) : DotNetKindsTests(pair, "8.0"), IClassFixture<DotNet8KindsTests.Pair>
{
    public sealed class Pair() : InnerPair("net8.0");
}
