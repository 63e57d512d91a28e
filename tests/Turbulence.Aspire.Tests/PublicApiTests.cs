using Turbulence.Aspire.Resources;
using Turbulence.Runs.Tests;

namespace Turbulence.Aspire.Tests;

/// <summary>
/// What the package shows to its users, as <c>Turbulence.Runs.Tests</c> has it of the others, which Aspire does not get into.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_API_of_the_package_is_what_its_file_says()
    {
        var api = PublicApi.Of(typeof(ChaosResource).Assembly);
        var file = Path.Combine(BuiltProgram.Root, "tests", "Turbulence.Aspire.Tests", "PublicApi", "Turbulence.Aspire.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, api);
            return;
        }

        Assert.Equal(File.ReadAllText(file), api);
    }
}
