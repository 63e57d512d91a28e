namespace Turbulence.Faults.Kinds.Tests;

/// <summary>A .NET program that faults work inside of, and another that it calls.</summary>
public sealed class InnerPair : IAsyncLifetime
{
    internal InnerProcess Target { get; private set; } = null!;

    internal InnerProcess Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Target = await InnerProcess.StartAsync();
        Server = await InnerProcess.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Target.DisposeAsync();
        await Server.DisposeAsync();
    }
}
