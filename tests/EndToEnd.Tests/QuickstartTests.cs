using System.Text.RegularExpressions;
using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>The service that the quickstart offers to who has none is a program.</summary>
public sealed partial class QuickstartTests : IDisposable
{
    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [GateFact]
    public async Task The_service_of_the_quickstart_can_be_compiled()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(BuiltProgram.Root, "docs", "quickstart.md"), TestContext.Current.CancellationToken);
        room.Write("hello.cs", Program().Match(page).Groups[1].Value);

        // What it is compiled into stands below the user's data; and no build server may outlive the build, whose output it would hold.
        await using var build = ChaosRun.StartProgram(
            ExecutableSearch.Find("dotnet")!, room, new Dictionary<string, string> { ["XDG_DATA_HOME"] = room.Path, ["MSBUILDDISABLENODEREUSE"] = "1" },
            "build", "hello.cs", "-v", "q", "-nologo", "-p:UseSharedCompilation=false");
        var end = await build.EndAsync();
        Assert.True(end.ExitCode == 0, end.Said);
    }

    [GeneratedRegex("```csharp\n(#:sdk .*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();
}
