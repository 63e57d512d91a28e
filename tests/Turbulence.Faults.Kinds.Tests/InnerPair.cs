namespace Turbulence.Faults.Kinds.Tests;

/// <summary>A .NET program that faults work inside of, and another that it calls.</summary>
/// <param name="framework">The .NET that they bring with them, where that is not the machine's: <c>net8.0</c>.</param>
public abstract class InnerPair(string? framework) : IAsyncLifetime
{
    private InnerProcess? target;
    private InnerProcess? server;

    internal InnerProcess Target => Started(target);

    internal InnerProcess Server => Started(server);

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Program))
        {
            target = await InnerProcess.StartAsync([], Program);
            server = await InnerProcess.StartAsync([], Program);
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var process in (InnerProcess?[])[target, server])
        {
            await (process?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private string Program => framework is null
        ? BuiltProgram.Built("InnerTarget", "inner-target")
        : BuiltProgram.Older(framework, "InnerTarget", "inner-target");

    private InnerProcess Started(InnerProcess? process)
    {
        Needs.That(process is not null, $"needs the tests' program with its own {framework}, which .ci/run publishes");
        return process;
    }
}
