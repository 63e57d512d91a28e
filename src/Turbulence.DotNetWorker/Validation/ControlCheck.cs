using System.Text.Json;
using Turbulence.DotNetWorker.Controls;
using Turbulence.DotNetWorker.Protocol;

namespace Turbulence.DotNetWorker.Validation;

/// <summary>Looks for the classes that controls name, and lets them look at their own declarations.</summary>
internal sealed class ControlCheck(ControlLibrary controls, HookCall hooks)
{
    /// <summary>Everything that is wrong with a control's declaration.</summary>
    public async Task<IReadOnlyList<Problem>> CheckAsync(JsonElement control, CancellationToken cancellationToken)
    {
        var name = control.Text("name"u8) ?? "";
        var provider = control.Member("provider"u8);
        if (!controls.Find(name, provider, out var key).Is(out var found, out var problem))
        {
            // As with a Python module that is not installed: the run can go on without it.
            return [Problem.Warning($"{problem} in control '{name}'. The experiment will carry on running nonetheless.", "provider", key)];
        }

        List<Problem> problems = [.. found.Faults.Select(fault => Problem.Error($"{fault} in control '{name}'", "provider", "class"))];
        if (provider.Member("arguments"u8) is { ValueKind: JsonValueKind.Object } arguments)
        {
            problems.AddRange(arguments.EnumerateObject()
                .Where(argument => !found.Takes(argument.Name))
                .Select(argument => Problem.Warning(
                    $"argument '{argument.Name}' is not part of any hook of control '{name}'", "provider", "arguments", argument.Name)));
        }

        if (await hooks.ValidateAsync(found, control, cancellationToken) is { End: not "succeeded" } refused)
        {
            problems.Add(Problem.Error(refused.Message ?? "", "provider"));
        }

        return problems;
    }
}
