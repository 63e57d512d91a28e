[assembly: AssemblyFixture(typeof(Turbulence.Runs.Tests.Packages.PackedFolder))]

namespace Turbulence.Runs.Tests.Packages;

/// <summary>The packages as <c>dotnet pack</c> writes them, packed once for all tests and when the first one asks.</summary>
public sealed class PackedFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("turbulence-feed-");
    private readonly Lazy<Task<string>> packed;

    /// <summary>Packs nothing yet.</summary>
    public PackedFolder() => packed = new Lazy<Task<string>>(PackAsync);

    /// <summary>The version of the packages: of its own, so that none of another build is taken from a folder that has packages.</summary>
    public static string Version { get; } = $"0.0.0-packed{Guid.NewGuid():n}";

    /// <summary>Whether they are packed as they are released.</summary>
    public static bool IsRelease { get; } = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/')).Name == "release";

    /// <summary>The folder, when they are there.</summary>
    public Task<string> GetAsync() => packed.Value;

    /// <summary>A package's file.</summary>
    /// <param name="package">Its id.</param>
    /// <param name="extension">What kind of it: <c>snupkg</c> has the symbols.</param>
    public async Task<string> FileAsync(string package, string extension = "nupkg") =>
        Path.Combine(await GetAsync(), $"{package}.{Version}.{extension}");

    /// <summary>
    /// Lets a folder know no other packages than these, and those that were restored for this build: nothing is asked of the network.
    /// </summary>
    /// <param name="other">The folder, which has its packages in its folder <c>packages</c> from then on.</param>
    /// <param name="alone">False where what is missing may come from this machine's sources, too.</param>
    public async Task BeTheSourceOfAsync(string other, bool alone = true)
    {
        var known = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await File.WriteAllTextAsync(
            Path.Combine(other, "nuget.config"),
            $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources>{(alone ? "<clear />" : "")}<add key="feed" value="{await GetAsync()}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="known" value="{known}" /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Delete(recursive: true);

    private async Task<string> PackAsync()
    {
        await OuterProgram.DotNet(BuiltProgram.Root).RunAsync(
            "pack", "Turbulence.slnx", "-c", IsRelease ? "Release" : "Debug", "--no-build", $"-p:PackageVersion={Version}", "-v", "q",
            "-o", folder.FullName);
        return folder.FullName;
    }
}
