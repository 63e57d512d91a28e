using System.Text.Json;
using Turbulence.DotNetWorker.Logging;
using Turbulence.DotNetWorker.Protocol;
using Turbulence.DotNetWorker.Values;

namespace Turbulence.DotNetWorker.Calls;

/// <summary>What the worker gives a method besides its arguments.</summary>
/// <param name="Configuration">The experiment's configuration.</param>
/// <param name="Secrets">The secrets of the call.</param>
/// <param name="Messages">Where lines for people go.</param>
/// <param name="Cancelled">Cancelled when the call has to end.</param>
internal readonly record struct SuppliedValues(
    JsonElement Configuration, JsonElement Secrets, MessageWriter Messages, CancellationToken Cancelled)
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>Fills in what is supplied.</summary>
    /// <returns>What cannot be, or null.</returns>
    public string? Fill(ArgumentAttempt attempt)
    {
        var parameters = attempt.Method.Parameters;
        for (var index = 0; index < parameters.Length; index++)
        {
            var parameter = parameters[index];
            if (parameter.Kind != ParameterKind.Argument)
            {
                attempt.Values[index] = Supply(parameter, attempt.Method);
            }
            else if (attempt.Values[index] is null && ArgumentAttempt.IsSuppliedByName(parameter))
            {
                var given = parameter.Name == "secrets" ? Secrets : Configuration;
                var value = given.ValueKind == JsonValueKind.Object ? given : Nothing;
                if (ArgumentValue.TryConvert(value, parameter.Type, out attempt.Values[index]) is { } misfit)
                {
                    return $"the {parameter.Name} '{misfit.Path.TrimStart('.')}' {misfit.Text}";
                }
            }
        }

        return null;
    }

    private object? Supply(MethodParameter parameter, CallableMethod method) => parameter.Kind switch
    {
        ParameterKind.CancellationToken => Cancelled,
        ParameterKind.Configuration => SdkValues.Configuration(Configuration),
        ParameterKind.Secrets => SdkValues.Secrets(Secrets),
        _ => LoggerSupply.Create(Messages, $"{method.Method.DeclaringType?.FullName}.{method.Method.Name}", parameter.Type),
    };
}
