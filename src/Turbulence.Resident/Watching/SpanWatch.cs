using System.Diagnostics;
using System.Text.Json;
using Turbulence.Resident.Contracts;
using Turbulence.Resident.Matching;

namespace Turbulence.Resident.Watching;

/// <summary>
/// Sees every operation that has a span, and the commands of Entity Framework Core, which has none; counts them by what they are and by who
/// caused them. It hurts nothing. While it watches, spans exist that the program might not have made otherwise.
/// </summary>
internal sealed class SpanWatch : IInnerFault
{
    private const string EntityFramework = "Microsoft.EntityFrameworkCore";
    private const string CommandExecuted = "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuted";
    private const string CommandError = "Microsoft.EntityFrameworkCore.Database.Command.CommandError";

    private readonly OperationTable table = new();
    private readonly ActivityListener listener;
    private readonly NamedEvents events;
    private readonly IncomingRoutes routes = new();
    private readonly Payload<object> commands = new("Command");
    private readonly Payload<TimeSpan> durations = new("Duration");

    public SpanWatch()
    {
        listener = new ActivityListener
        {
            // The runtime's own experiments are not what a program does.
            ShouldListenTo = static source => !source.Name.StartsWith("Experimental.", StringComparison.Ordinal),
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = table.Take,
        };
        events = new NamedEvents(EntityFramework, static name => name is CommandExecuted or CommandError, OnCommand);
    }

    public void Begin()
    {
        ActivitySource.AddActivityListener(listener);
        events.Begin();
        routes.Begin();
    }

    public Sight Look() => new(true, $"{table.Count} operations seen") { More = Write };

    public void End()
    {
        listener.Dispose();
        events.Dispose();
        routes.Dispose();
    }

    private void Write(Utf8JsonWriter json) => table.Write(json);

    private void OnCommand(string name, object? payload)
    {
        var provider = commands.Of(payload)?.GetType().Namespace ?? "";
        table.Take(
            new OperationKey(
                EntityFramework,
                "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuting",
                "event",
                $"provider={provider}",
                OperationTable.CallerOf(Activity.Current)),
            durations.Of(payload),
            name == CommandError);
    }
}
