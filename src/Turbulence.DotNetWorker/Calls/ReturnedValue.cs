using System.Reflection;
using System.Text;
using Turbulence.DotNetWorker.Protocol;
using Turbulence.DotNetWorker.Values;

namespace Turbulence.DotNetWorker.Calls;

/// <summary>Waits for what a method returned, and makes an outcome of it.</summary>
internal static class ReturnedValue
{
    /// <summary>The most elements of an asynchronous sequence.</summary>
    public const int MostElements = 100_000;

    /// <summary>The most bytes of a stream.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Whether the value is one that has to be waited for.</summary>
    public static bool IsPending(object? value) =>
        value is Task or ValueTask or Stream
            || (value is not (null or string) && (IsValueTask(value.GetType()) || Sequence(value.GetType()) is not null));

    /// <summary>Waits for the value.</summary>
    /// <param name="value">What the method returned.</param>
    /// <param name="cancellationToken">Ends the reading of a sequence or stream.</param>
    public static async Task<Outcome> ToOutcomeAsync(object? value, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case Task task:
                await task;
                return await ToOutcomeAsync(ResultOf(task), cancellationToken);
            case ValueTask task:
                await task;
                return Outcome.Nothing;
            case Stream stream:
                await using (stream)
                {
                    return await ReadAsync(stream, cancellationToken);
                }

            case null or string:
                return OutputValue.ToOutcome(value);
        }

        var type = value.GetType();
        if (IsValueTask(type))
        {
            return await ToOutcomeAsync(type.GetMethod("AsTask")!.Invoke(value, null), cancellationToken);
        }

        return Sequence(type) is { } element
            ? await (Task<Outcome>)Collector.MakeGenericMethod(element).Invoke(null, [value, cancellationToken])!
            : OutputValue.ToOutcome(value);
    }

    private static MethodInfo Collector =>
        typeof(ReturnedValue).GetMethod(nameof(CollectAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private static bool IsValueTask(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>);

    private static Type? Sequence(Type type) =>
        type.GetInterfaces().FirstOrDefault(contract => contract.IsGenericType
            && contract.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))?.GetGenericArguments()[0];

    private static object? ResultOf(Task task)
    {
        for (var type = task.GetType(); type is not null; type = type.BaseType)
        {
            if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Task<>))
            {
                // An async method without a result is a task of this internal type.
                return type.GetGenericArguments()[0].FullName == "System.Threading.Tasks.VoidTaskResult"
                    ? null
                    : type.GetProperty("Result")!.GetValue(task);
            }
        }

        return null;
    }

    private static async Task<Outcome> CollectAsync<T>(IAsyncEnumerable<T> sequence, CancellationToken cancellationToken)
    {
        List<T> elements = [];
        await foreach (var element in sequence.WithCancellation(cancellationToken))
        {
            if (elements.Count == MostElements)
            {
                return OutputValue.Refused(sequence, $"which has more than {MostElements} elements");
            }

            elements.Add(element);
        }

        return OutputValue.ToOutcome(elements);
    }

    private static async Task<Outcome> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var buffer = new byte[81920];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (content.Length + count > MostBytes)
            {
                return OutputValue.Refused(stream, $"which has more than {MostBytes / 1024 / 1024} MiB");
            }

            content.Write(buffer, 0, count);
        }

        return OutputValue.ToOutcome(Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length));
    }
}
