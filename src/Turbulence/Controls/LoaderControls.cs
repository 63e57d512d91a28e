using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Values;

namespace Turbulence.Controls;

/// <summary>The global controls around the loading of an experiment, before there is a run.</summary>
/// <param name="controls">The controls.</param>
/// <param name="source">What is loaded, as the user named it.</param>
/// <param name="stop">Where an interruption goes.</param>
/// <param name="compatibility">Whose rules apply.</param>
/// <param name="time">Measures time limits.</param>
/// <param name="say">Says a line for people.</param>
public sealed class LoaderControls(
    RunControls controls, string source, RunStop stop, Compatibility compatibility, TimeProvider time, Action<NoticeLevel, string> say)
{
    private readonly ControlDispatcher dispatcher = Dispatcher(controls, stop, compatibility, time, say);
    private readonly JsonValue context = JsonValue.Create(source);

    /// <summary>Calls the before-hooks; one that interrupts has cancelled <see cref="RunStop.Run"/>.</summary>
    /// <exception cref="OperationCanceledException">The run was asked to stop.</exception>
    public async Task BeforeAsync() => await dispatcher.BeforeAsync(dispatcher.Around(ControlLevel.Loader, context), stop.Run);

    /// <summary>Calls the after-hooks, also when nothing was loaded; what they change in the document is changed in place.</summary>
    /// <param name="document">The document's root; null where nothing was loaded.</param>
    public async Task AfterAsync(JsonNode? document) =>
        await dispatcher.AfterAsync(dispatcher.Around(ControlLevel.Loader, context), () => document);

    private static ControlDispatcher Dispatcher(
        RunControls controls, RunStop stop, Compatibility compatibility, TimeProvider time, Action<NoticeLevel, string> say)
    {
        var scene = new ControlScene([], ResolvedValues.Empty)
        {
            Settings = controls.Settings,
            Compatibility = compatibility,
            Time = time,
            Say = say,
        };
        return new ControlDispatcher(controls, scene, new ControlCaller(controls.Providers, scene, say), stop);
    }
}
