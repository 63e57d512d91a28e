using Turbulence.Faults.Stress;

namespace Turbulence.Faults.Kinds.Tests.Stress;

public sealed class StressArgumentsTests
{
    [Theory]
    [InlineData("stress")]
    [InlineData("stress", "cpu")]
    [InlineData("stress", "cpu", "x")]
    [InlineData("run", "cpu", "seconds=1")]
    public void What_a_person_types_by_mistake_is_no_stress_child(params string[] arguments) =>
        Assert.False(StressProgram.IsAsked(arguments));

    [Fact]
    public void What_a_fault_starts_is_one() => Assert.True(StressProgram.IsAsked(["stress", "cpu", "cores=1", "seconds=1"]));
}
