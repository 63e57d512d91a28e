using Turbulence.Faults.Guardians;

namespace Turbulence.Faults.Tests.Guardians;

public sealed class SelfCommandTests
{
    [Fact]
    public void A_native_program_is_its_own_command() =>
        Assert.Equal(["/usr/bin/chaos"], SelfCommand.Find("/usr/bin/chaos", ["chaos", "run", "x.dll"]));

    [Fact]
    public void Under_the_host_the_assembly_comes_with_it() =>
        Assert.Equal(["/usr/bin/dotnet", "/opt/chaos.dll"], SelfCommand.Find("/usr/bin/dotnet", ["/opt/chaos.dll", "run"]));
}
