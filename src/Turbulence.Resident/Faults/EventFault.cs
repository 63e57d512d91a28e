using Turbulence.Resident.Contracts;
using Turbulence.Resident.Exceptions;
using Turbulence.Resident.Matching;

namespace Turbulence.Resident.Faults;

/// <summary>
/// <c>dotnet.span</c> with <c>event</c>: an event that a library writes to its <see cref="System.Diagnostics.DiagnosticListener"/> before it
/// does something, as Entity Framework Core does, which has no spans.
/// </summary>
internal sealed class EventFault : IInnerFault
{
    private readonly Selection selection;
    private readonly string source;
    private readonly string name;
    private readonly OperationHurt hurt;
    private readonly NamedEvents events;
    private readonly Payload<object> commands = new("Command");
    private readonly Payload<object> connections = new("Connection");

    public EventFault(Spec spec)
    {
        selection = new Selection(spec);
        source = spec.Text("source") ?? "";
        name = spec.Text("event") ?? "";
        hurt = new OperationHurt(spec);
        events = new NamedEvents(source, wanted => wanted == name, On);
    }

    public void Begin()
    {
        hurt.Try(source);
        events.Begin();
    }

    public Sight Look() => hurt.Problem is { } problem ? new Sight(false, problem, selection.Hits) : new Sight(
        true,
        selection.Text("event", "events") + (events.IsThere ? "" : $"; nothing in this process is called '{source}' so far"),
        selection.Hits);

    public void End()
    {
        events.Dispose();
        hurt.End();
    }

    private void On(string written, object? payload)
    {
        selection.See();
        if (selection.Hit() && hurt.Of(source, commands.Of(payload) ?? connections.Of(payload)) is { } failure)
        {
            throw failure;
        }
    }
}
