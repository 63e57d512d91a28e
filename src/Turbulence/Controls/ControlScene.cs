using System.Text.Json.Nodes;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Values;

namespace Turbulence.Controls;

/// <summary>
/// What all hooks of one run share. The objects are the live ones that the run works with; a hook is handed copies
/// (<see cref="ControlCall"/>), and what it changes in them is written back.
/// </summary>
/// <param name="experiment">The experiment's document; empty while it is being loaded.</param>
/// <param name="values">Configuration and secrets.</param>
public sealed class ControlScene(JsonObject experiment, ResolvedValues values)
{
    /// <summary>The experiment's document.</summary>
    public JsonObject Experiment { get; } = experiment;

    /// <summary>Configuration and secrets.</summary>
    public ResolvedValues Values { get; } = values;

    /// <summary>The settings file's content; null where there is none.</summary>
    public JsonObject? Settings { get; init; }

    /// <summary>
    /// The folder that relative paths start from where the current directory does not lead to a file: the experiment file's.
    /// </summary>
    public string? BaseDirectory { get; init; }

    /// <summary>Whose rules apply where the two differ. Default: ours.</summary>
    public Compatibility Compatibility { get; init; }

    /// <summary>Measures time limits. Default: the system's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Receives a line for people that a control's code printed or logged. Default: nobody listens.</summary>
    public Action<NoticeLevel, string> Say { get; internal set; } = static (_, _) => { };

    /// <summary>Knows the secrets. Whatever leaves the program for others than the control's own code goes through it.</summary>
    public SecretMask Mask { get; internal set; } = SecretMask.For(values);

    /// <summary>Held while a live object is copied or written to.</summary>
    internal Lock Gate { get; } = new();
}
