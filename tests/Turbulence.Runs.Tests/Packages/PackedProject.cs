namespace Turbulence.Runs.Tests.Packages;

/// <summary>
/// A console project outside of the solution that uses the packages: the program of <c>docs/library.md</c>, built once for all tests.
/// </summary>
/// <param name="packages">The packages.</param>
public sealed class PackedProject(PackedFolder packages) : IAsyncLifetime
{
    private static readonly string Project =
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Turbulence.Runs" Version="[{PackedFolder.Version}]" />
          </ItemGroup>
        </Project>
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("turbulence-packed-");

    /// <summary>The built program.</summary>
    public string Program => Path.Combine(folder.FullName, "out", "app");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // Its tests are skipped, then.
        if (!Share.IsAll)
        {
            return;
        }

        await packages.BeTheSourceOfAsync(folder.FullName);
        File.WriteAllText(Path.Combine(folder.FullName, "app.csproj"), Project);
        File.WriteAllText(
            Path.Combine(folder.FullName, "Program.cs"),
            CodeBlocks.Of(Path.Combine(BuiltProgram.Root, "docs", "library.md")).First());
        await OuterProgram.DotNet(folder.FullName).RunAsync("build", "-o", "out", "-v", "q", "-nologo");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
