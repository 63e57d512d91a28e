namespace Turbulence.Aspire.Tests.Hosts;

/// <summary>An AppHost in a process of its own that hurts an edge, says so in a line, and waits to be killed.</summary>
internal static class HurtHost
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Word = "hurt-host";

    /// <summary>Runs it; the other arguments are an edge and a command.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        await using var host = await SampleHost.StartAsync(CancellationToken.None);
        var result = await host.CommandAsync(arguments[0], arguments[1], CancellationToken.None);
        Console.WriteLine($"{result.Success}: {result.Message}");
        await Console.In.ReadLineAsync();
        return 0;
    }
}
