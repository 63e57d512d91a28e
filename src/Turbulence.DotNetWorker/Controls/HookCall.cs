using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.DotNetWorker.Calls;
using Turbulence.DotNetWorker.Protocol;
using Turbulence.DotNetWorker.Values;

namespace Turbulence.DotNetWorker.Controls;

/// <summary>Calls the hooks of controls.</summary>
internal sealed class HookCall(ControlLibrary controls, MessageWriter messages)
{
    /// <summary>Calls a hook.</summary>
    /// <param name="hook">A <em>hook</em> of the protocol.</param>
    /// <param name="cancellationToken">What the method is given.</param>
    public async Task<Outcome> CallAsync(JsonElement hook, CancellationToken cancellationToken)
    {
        var (name, which) = (hook.Text("name"u8) ?? "", hook.Text("hook"u8) ?? "");
        if (!controls.Find(name, hook.Member("provider"u8), out _).Is(out var control, out var problem))
        {
            return Outcome.Crashed($"{problem} in control '{name}'");
        }

        if (control.Faults is [var fault, ..])
        {
            return Outcome.Crashed($"{fault} in control '{name}'");
        }

        var scene = new HookScene(hook);
        var outcome = control.Find(which) is { } method
            ? await CallAsync(control, method, scene, hook, default, cancellationToken)
            : Outcome.Nothing;
        if (which == "cleanup" && await DisposeAsync(control) is { } refused && outcome.End == "succeeded")
        {
            outcome = refused;
        }

        return outcome with
        {
            Output = default,
            More = which == "configure" ? json => WriteHooks(json, control, scene) : scene.WriteChanges,
        };
    }

    /// <summary>Lets a control look at its own declaration; succeeded where it does not care.</summary>
    public Task<Outcome> ValidateAsync(ControlCode control, JsonElement declaration, CancellationToken cancellationToken) =>
        control.Faults.Count > 0 || control.Find(HookName.Validate) is not { } method
            ? Task.FromResult(Outcome.Nothing)
            : CallAsync(control, method, new(default), declaration.Member("provider"u8), declaration, cancellationToken);

    private async Task<Outcome> CallAsync(
        ControlCode control,
        HookMethod hook,
        HookScene scene,
        JsonElement call,
        JsonElement declaration,
        CancellationToken cancellationToken)
    {
        var arguments = call.Member("arguments"u8);
        var parameters = hook.Method.Parameters;
        var values = new object?[parameters.Length];
        for (var index = 0; index < parameters.Length; index++)
        {
            if (Bind(hook, parameters[index], scene, arguments, declaration, cancellationToken, out values[index]) is { } problem)
            {
                return Outcome.Crashed(problem);
            }
        }

        try
        {
            var method = hook.Method.Method;
            var outcome = ActivityCall.Invoke(method, method.IsStatic ? null : control.Instance, values, cancellationToken, out var pending)
                ?? await pending!;
            return outcome.Cause is { } cause && SdkValues.IsInterruption(cause)
                ? outcome with
                {
                    End = "interrupted",
                    Message = cause.Message.Length > 0 ? ExceptionText.Within(ExceptionText.MostOfLine, cause.Message) : outcome.Message,
                }
                : outcome;
        }
        catch (Exception exception)
        {
            return Outcome.Failed(ExceptionText.Unwrap(exception));
        }
    }

    private string? Bind(
        HookMethod hook,
        MethodParameter parameter,
        HookScene scene,
        JsonElement arguments,
        JsonElement declaration,
        CancellationToken cancellationToken,
        out object? value)
    {
        value = parameter.Default;
        switch (parameter.Kind)
        {
            case ParameterKind.CancellationToken:
                value = cancellationToken;
                return null;
            case ParameterKind.Logger:
                value = Logging.LoggerSupply.Create(
                    messages, $"{hook.Method.Method.DeclaringType?.FullName}.{hook.Method.Method.Name}", parameter.Type);
                return null;
            case ParameterKind.Configuration:
                value = SdkValues.Configuration(scene.Given("configuration"));
                return null;
            case ParameterKind.Secrets:
                value = SdkValues.Secrets(scene.Given("secrets"));
                return null;
        }

        if (arguments.ValueKind == JsonValueKind.Object && arguments.TryGetProperty(parameter.Name, out var argument))
        {
            return Convert(hook, parameter, argument, out value);
        }

        if (hook.Hook == HookName.Validate && parameter.Name == "control")
        {
            return Convert(hook, parameter, declaration, out value);
        }

        if (HookMethod.ObjectOf(parameter) is { } name)
        {
            if (!typeof(JsonNode).IsAssignableFrom(parameter.Type))
            {
                return Convert(hook, parameter, scene.Given(name), out value);
            }

            value = scene.Show(name);
            return value is null || parameter.Type.IsInstanceOfType(value) ? null : Convert(hook, parameter, scene.Given(name), out value);
        }

        return parameter.IsOptional ? null : $"required argument '{parameter.Name}' is missing from hook '{hook.Method.Method.Name}'";
    }

    private static string? Convert(HookMethod hook, MethodParameter parameter, JsonElement given, out object? value)
    {
        var misfit = ArgumentValue.TryConvert(given, parameter.Type, out value, JsonValues.Objects);
        return misfit is null ? null : $"argument '{parameter.Name}{misfit.Path}' of hook '{hook.Method.Method.Name}' {misfit.Text}";
    }

    private static async Task<Outcome?> DisposeAsync(ControlCode control)
    {
        try
        {
            switch (control.CreatedInstance)
            {
                case IAsyncDisposable later:
                    await later.DisposeAsync();
                    break;
                case IDisposable now:
                    now.Dispose();
                    break;
            }

            return null;
        }
        catch (Exception exception)
        {
            return Outcome.Failed(ExceptionText.Unwrap(exception));
        }
    }

    private static void WriteHooks(Utf8JsonWriter json, ControlCode control, HookScene scene)
    {
        json.WriteStartObject("hooks"u8);
        foreach (var hook in control.Hooks)
        {
            if (hook.Hook is HookName.Validate or "configure")
            {
                continue;
            }

            json.WriteStartArray(hook.Hook);
            foreach (var name in hook.Wanted)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        scene.WriteChanges(json);
    }
}
