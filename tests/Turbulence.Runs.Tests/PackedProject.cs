using System.Diagnostics;

namespace Turbulence.Runs.Tests;

/// <summary>
/// A console project outside of the solution that uses the packages as <c>dotnet pack</c> writes them: the program of
/// <c>docs/library.md</c>, built once for all tests.
/// </summary>
public sealed class PackedProject : IAsyncLifetime
{
    // Of its own, so that none of another build is taken from a folder that has packages.
    private static readonly string Version = $"0.0.0-packed{Guid.NewGuid():n}";

    private static readonly string Project =
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="Turbulence.Runs" Version="[{Version}]" />
          </ItemGroup>
        </Project>
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("turbulence-packed-");

    /// <summary>The built program.</summary>
    public string Program => Path.Combine(folder.FullName, "out", "app");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/'));
        var repository = own.Parent!.Parent!.Parent!.Parent!.FullName;
        await RunAsync(repository, "pack", "Turbulence.slnx", "-c", own.Name == "release"
            ? "Release"
            : "Debug", "--no-build", $"-p:PackageVersion={Version}", "-v", "q", "-o", Path.Combine(folder.FullName, "feed"));
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(
            Path.Combine(folder.FullName, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="feed" value="feed" /></packageSources>
              <fallbackPackageFolders><clear /><add key="known" value="{packages}" /></fallbackPackageFolders>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder.FullName, "app.csproj"), Project);
        File.WriteAllText(Path.Combine(folder.FullName, "Program.cs"), Code(Path.Combine(repository, "docs", "library.md")));
        await RunAsync(folder.FullName, "build", "-o", "out", "-v", "q", "-nologo");
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Code(string page)
    {
        const string Begin = "```csharp\n";
        var text = File.ReadAllText(page);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        return text[begin..text.IndexOf("```", begin, StringComparison.Ordinal)];
    }

    private static async Task RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // No server stays behind, and nothing that the tests were started with reaches the other project.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{await said}\n{await complained}");
    }
}
