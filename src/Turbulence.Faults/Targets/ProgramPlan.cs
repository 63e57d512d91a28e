using System.Globalization;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Faults.Targets;

/// <summary>Plans the faults that end processes.</summary>
internal static class ProgramPlan
{
    /// <summary>The argument <c>wait</c> of these kinds.</summary>
    public static FaultArgument Wait { get; } =
        new("wait", ArgumentType.Seconds, "how long a program may take to be ready again") { Least = 0.1m, Most = 600, Default = "30" };

    /// <summary>The argument <c>supervisor</c> of these kinds.</summary>
    public static FaultArgument Supervisor { get; } = new(
        "supervisor",
        ArgumentType.Seconds,
        "how long what started the process may take to start it again by itself, before it is done here; not waited for where that is gone, or is the runner")
    {
        Least = 0,
        Most = 30,
        Default = "3",
    };

    /// <summary>Reads the programs of what was selected, and says how they would come back.</summary>
    /// <param name="selected">What is hit.</param>
    /// <param name="arguments">For <c>wait</c>.</param>
    /// <param name="mask">Takes the secrets out of what is said of them.</param>
    /// <param name="signal">What is sent.</param>
    /// <param name="grace">How long a process may take to end.</param>
    /// <param name="action">What is going to happen to it, in words before its name.</param>
    public static FaultPlanning Make(
        SelectedProcesses selected, ArgumentReader arguments, SecretMask mask, PosixSignalNumber signal, TimeSpan grace, string action)
    {
        var wait = arguments.Seconds("wait");
        var supervised = arguments.Seconds("supervisor");
        if (arguments.Problem is { } problem)
        {
            return FaultPlanning.Refused(problem);
        }

        List<ProgramImage> images = [];
        List<string> irreversible = [];
        foreach (var process in selected.Processes)
        {
            if (ProgramCapture.Take(process, selected.Ready, mask, out var obstacle) is not { } image)
            {
                return FaultPlanning.Refused($"process {process.Id} ended while the fault was planned");
            }

            images.Add(image);
            if (obstacle is not null)
            {
                irreversible.Add($"{image.Text} {obstacle}, and could not be started again as it was");
            }
        }

        var names = string.Join(", ", images.Select(image => image.Text));
        return FaultPlanning.Of(new FaultPlan(
            [.. images.Select(image => new FaultTarget(ProcessText.Key(image.Process), image.Text))],
            new ProgramUndo(images, signal, grace, wait, supervised).ToJson(),
            irreversible.Count > 0 ? string.Join("; ", irreversible) : string.Join("; ", images.Select(image => Undo(image, supervised))))
        {
            Text = $"{action} {names}{selected.Spared}",
            IsIrreversible = irreversible.Count > 0,
        });
    }

    private static string Undo(ProgramImage image, TimeSpan supervised)
    {
        var ready = image.Ports.Count > 0 ? $", until it listens on {ProgramReturn.PortText(image.Ports)}" : "";
        var output = image.Output is null ? ", its output thrown away" : $", its output appended to {image.Output}";
        var others = image.Supervisor is { } supervisor && supervised > TimeSpan.Zero
            ? string.Create(
                CultureInfo.InvariantCulture, $"; {supervisor.Text} started it and has {supervised.TotalSeconds} s to do so again")
            : "";
        return $"start {Path.GetFileName(image.CommandLine[0])} again in {image.Directory}{output}{ready}, unless somebody already has{others}";
    }
}
