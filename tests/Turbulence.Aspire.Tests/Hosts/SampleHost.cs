using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Turbulence.Aspire.Resources;

namespace Turbulence.Aspire.Tests.Hosts;

/// <summary>The sample's AppHost, in this process, in a folder of its own.</summary>
internal sealed class SampleHost : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();

    private SampleHost()
    {
    }

    /// <summary>The running application.</summary>
    public DistributedApplication App { get; private set; } = null!;

    /// <summary>The edges.</summary>
    public IReadOnlyList<EdgeResource> Edges =>
        [.. App.Services.GetRequiredService<DistributedApplicationModel>().Resources.OfType<EdgeResource>()];

    /// <summary>Starts it, and waits until the entrance of the sample answers.</summary>
    public static async Task<SampleHost> StartAsync(CancellationToken cancellationToken)
    {
        var host = new SampleHost();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.RandomNumbers_AppHost>(
            ["--folder", host.folder.Path, "--secondary", $"secondary-{Environment.ProcessId}"], cancellationToken);
        host.App = await builder.BuildAsync(cancellationToken);
        await host.App.StartAsync(cancellationToken);
        await host.App.ResourceNotifications.WaitForResourceHealthyAsync("web", cancellationToken);
        return host;
    }

    /// <summary>The edge of a name.</summary>
    public EdgeResource Edge(string name) => Edges.Single(edge => edge.Name == name);

    /// <summary>Executes a command as the dashboard does.</summary>
    public Task<ExecuteCommandResult> CommandAsync(
        string resource, string command, CancellationToken cancellationToken, params (string Name, string Value)[] arguments) =>
        App.ResourceCommands.ExecuteCommandAsync(
            resource,
            command,
            new InteractionInputCollection(
                [
                    .. arguments.Select(static one =>
                        new InteractionInput { Name = one.Name, InputType = InputType.Text, Value = one.Value }),
                ]),
            cancellationToken);

    /// <summary>Asks the sample for a number.</summary>
    public async Task<string> AskAsync(CancellationToken cancellationToken)
    {
        using var client = App.CreateHttpClient("web", "http");
        using var answer = await client.GetAsync("/index/10", cancellationToken);
        return await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>The state that the dashboard shows of a resource.</summary>
    public string? State(string resource) =>
        App.ResourceNotifications.TryGetCurrentState(resource, out var told) ? told.Snapshot.State?.Text : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        folder.Dispose();
    }
}
