using Turbulence.Services;
using Turbulence.Values;

namespace Turbulence.Tests.Services;

/// <summary>One service by itself, a command of a shell.</summary>
internal sealed class StartedService : IAsyncDisposable
{
    private readonly ServiceReadiness readiness = new(TimeProvider.System);
    private readonly SupervisedService service;

    public StartedService(TemporaryFolder folder, string command)
    {
        Assert.True(SupervisedService.TryStart(
            new ServiceDefinition("s", ["sh", "-c", command]),
            folder.Path,
            new RunEnvironment(folder: folder.Path, mark: RunMark.New()),
            out var started,
            out var problem), problem);
        service = started;
    }

    public Task<string?> AskAsync(ReadyCondition condition) =>
        condition.AskAsync(readiness, service, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Assert.Null(await service.StopAsync(TimeProvider.System));
        readiness.Dispose();
    }
}
