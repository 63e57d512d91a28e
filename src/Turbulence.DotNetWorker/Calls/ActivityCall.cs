using System.Reflection;
using System.Text.Json;
using Turbulence.DotNetWorker.Protocol;
using Turbulence.DotNetWorker.Values;

namespace Turbulence.DotNetWorker.Calls;

/// <summary>Carries out activities.</summary>
internal sealed class ActivityCall(MethodLibrary methods, MessageWriter messages)
{
    /// <summary>Calls the method that a <em>call</em> of the protocol names, on this thread.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">What the method is given.</param>
    /// <param name="pending">The outcome where the method has not ended when this returns.</param>
    /// <returns>The outcome where it has ended.</returns>
    public Outcome? Run(JsonElement call, CancellationToken cancellationToken, out Task<Outcome>? pending)
    {
        pending = null;
        if (MethodAddress.TryRead(call.Member("provider"u8), out var address) is var (_, missing))
        {
            return Outcome.Crashed(missing);
        }

        var name = call.Text("name"u8) ?? address.Method;
        if (!methods.Find(address, out _).Is(out var overloads, out var problem))
        {
            return Outcome.Crashed($"{problem} in activity '{name}'");
        }

        if (OverloadChoice.Choose(overloads, call.Member("arguments"u8), name, planned: false, out var problems) is not { } attempt)
        {
            return Outcome.Crashed(string.Join("; ", problems.Select(each => each.Text)));
        }

        var supplied = new SuppliedValues(call.Member("configuration"u8), call.Member("secrets"u8), messages, cancellationToken);
        return supplied.Fill(attempt) is { } unsupplied
            ? Outcome.Crashed($"{unsupplied} in activity '{name}'")
            : Invoke(attempt.Method.Method, null, attempt.Values, cancellationToken, out pending);
    }

    /// <summary>Calls a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="instance">The object it is called on; null for a static method.</param>
    /// <param name="values">The values of its parameters.</param>
    /// <param name="cancellationToken">Ends the reading of what it returned.</param>
    /// <param name="pending">The outcome where the method has not ended when this returns.</param>
    /// <returns>The outcome where it has ended.</returns>
    public static Outcome? Invoke(
        MethodInfo method, object? instance, object?[] values, CancellationToken cancellationToken, out Task<Outcome>? pending)
    {
        pending = null;
        object? returned;
        try
        {
            returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, values, null);
        }
        catch (Exception exception)
        {
            return Outcome.Failed(ExceptionText.Unwrap(exception));
        }

        if (!ReturnedValue.IsPending(returned))
        {
            return OutputValue.ToOutcome(returned);
        }

        pending = FinishAsync(returned, cancellationToken);
        return null;
    }

    private static async Task<Outcome> FinishAsync(object? returned, CancellationToken cancellationToken)
    {
        try
        {
            return await ReturnedValue.ToOutcomeAsync(returned, cancellationToken);
        }
        catch (Exception exception)
        {
            return Outcome.Failed(ExceptionText.Unwrap(exception));
        }
    }
}
