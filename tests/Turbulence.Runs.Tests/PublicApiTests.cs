using System.Reflection;

namespace Turbulence.Runs.Tests;

/// <summary>
/// What each package shows to its users, held against a file for each: nothing becomes public, changes or goes by accident.
/// <c>UPDATE_GOLDEN=1</c> writes the files anew.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly string Folder = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "tests", "Turbulence.Runs.Tests", "PublicApi"));

    [Theory]
    [InlineData("Turbulence.Platform")]
    [InlineData("Turbulence")]
    [InlineData("Turbulence.Hosts")]
    [InlineData("Turbulence.Faults")]
    [InlineData("Turbulence.Load")]
    [InlineData("Turbulence.Proxy")]
    [InlineData("Turbulence.Proxy.Api")]
    [InlineData("Turbulence.Reports")]
    [InlineData("Turbulence.Runs")]
    [InlineData("Turbulence.Sdk")]
    [InlineData("Turbulence.Telemetry")]
    [InlineData("Turbulence.Testing")]
    public void The_public_API_of_a_package_is_what_its_file_says(string package)
    {
        var api = PublicApi.Of(Assembly.Load(package));
        var file = Path.Combine(Folder, $"{package}.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, api);
            return;
        }

        Assert.True(File.Exists(file), $"{file} is not there: UPDATE_GOLDEN=1 writes it");
        Assert.Equal(File.ReadAllText(file), api);
    }
}
