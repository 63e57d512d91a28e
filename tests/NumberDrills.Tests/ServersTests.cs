using System.Diagnostics;
using Turbulence.Sdk;

namespace NumberDrills.Tests;

public sealed class ServersTests : IDisposable
{
    private readonly string pidFile = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(pidFile);

    [Fact]
    public async Task The_process_of_the_file_is_gone_afterwards()
    {
        using var server = Process.Start("sleep", ["1000"]);
        await File.WriteAllTextAsync(pidFile, $"{server.Id}\n", Token);

        Assert.Equal(server.Id, await Servers.KillAsync(pidFile, Token));

        await server.WaitForExitAsync(Token);
        var failure = await Assert.ThrowsAsync<ActivityFailedException>(() => Servers.KillAsync(pidFile, Token));
        Assert.StartsWith($"process {server.Id} of '{pidFile}' cannot be killed", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("primary")]
    [InlineData("-1")]
    public async Task What_is_no_process_id_fails(string text)
    {
        await File.WriteAllTextAsync(pidFile, text, Token);
        var failure = await Assert.ThrowsAsync<ActivityFailedException>(() => Servers.KillAsync(pidFile, Token));
        Assert.Contains("is no PID file", failure.Message, StringComparison.Ordinal);
    }
}
