using System.Text.Json.Nodes;
using Libraries.Tests.Servers;
using Turbulence.Faults;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Kinds.Tests;

namespace Libraries.Tests.Faults;

/// <summary>What must not be hit, since it would not come back, or the process would end; and what cannot be reached from inside.</summary>
/// <param name="servers">The servers of all tests.</param>
[Collection(RealServers.OneByOne)]
public sealed class SparedTests(RealServers servers)
{
    [Theory]
    [GateData("rabbitmq", "RabbitMQ.Client.Subscriber")]
    [GateData("masstransit", "RabbitMQ.Client.Subscriber")]
    [GateData("nats", "NATS.Net")]
    public async Task Who_takes_messages_is_left_alone(string path, string source)
    {
        var library = UsedLibrary.Of(path);
        RealServers.Needed(library);
        var service = await servers.SharedServiceAsync();
        await LibraryFaultTests.WorksAsync(service, library);
        var fault = await PutAsync(service, new()
        {
            ["source"] = source,
            ["kind"] = "consumer",
            ["exception"] = "System.TimeoutException",
        });
        await using (fault)
        {
            await LibraryFaultTests.WorksAsync(service, library);
            var evidence = await fault.ObserveAsync();
            Assert.Equal(0, evidence.Hits);
            Assert.Contains("are left alone", evidence.Text, StringComparison.Ordinal);
            await LibraryFaultTests.TakeBackAsync(fault);
        }

        await LibraryFaultTests.WorksAsync(service, library);
    }

    [GateFact]
    public async Task Telemetry_that_tells_of_what_is_over_is_left_alone_and_the_service_lives()
    {
        var library = UsedLibrary.Of("redis-traced");
        RealServers.Needed(library);
        await using var service = await StartedService.StartAsync(servers, isTelling: true);
        await LibraryFaultTests.WorksAsync(service, library);
        await using var fault = await PutAsync(service, new()
        {
            ["source"] = "*",
            ["operation"] = "SET",
            ["exception"] = "System.TimeoutException",
        });
        await LibraryFaultTests.WorksAsync(service, library);
        await Eventually.HoldsAsync(async () => (await service.SpansAsync()).Any(span => (string)span!["operation"]! == "SET"));
        await LibraryFaultTests.WorksAsync(service, library);
        Assert.Equal(0, (await fault.ObserveAsync()).Hits);
        await LibraryFaultTests.TakeBackAsync(fault);
    }

    [Theory]
    [InlineData("OpenTelemetry.Instrumentation.StackExchangeRedis")]
    [InlineData("OpenTelemetry.*")]
    public void Telemetry_is_refused_as_a_source(string source)
    {
        Assert.True(BuiltInKinds.All.TryGet("dotnet.span", out var kind));
        var given = new GivenArguments(new JsonObject { ["pid"] = 1, ["source"] = source, ["fail"] = true }, proxies: null, areWritten: true);
        var problem = Assert.Single(kind.Description.Together!(given));
        Assert.Equal("source", problem.Argument);
        Assert.StartsWith("OpenTelemetry's instrumentation makes its spans after what they tell of", problem.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sqlite", "Microsoft.Data.Sqlite")]
    [GateData("redis", "StackExchange.Redis")]
    public async Task A_library_without_spans_and_events_is_not_reached_and_the_fault_does_not_say_that_it_was(string path, string source)
    {
        var library = UsedLibrary.Of(path);
        RealServers.Needed(library);
        var service = await servers.SharedServiceAsync();
        await using var fault = await PutAsync(service, new() { ["source"] = source, ["fail"] = true });
        await LibraryFaultTests.WorksAsync(service, library);
        Assert.Equal(0, (await fault.ObserveAsync()).Hits);
        await LibraryFaultTests.TakeBackAsync(fault);
    }

    private static async Task<FaultCase> PutAsync(StartedService service, JsonObject arguments)
    {
        arguments["pid"] = service.Id;
        var fault = await FaultCase.MakeAsync("dotnet.span", FaultCase.Request(arguments));
        await fault.InjectAsync();
        return fault;
    }
}
