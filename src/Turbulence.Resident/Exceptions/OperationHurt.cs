using Turbulence.Resident.Contracts;

namespace Turbulence.Resident.Exceptions;

/// <summary>What is done to an operation from within a listener: it waits on its own thread, or fails.</summary>
internal sealed class OperationHurt
{
    private readonly ManualResetEventSlim over = new();
    private readonly TimeSpan? delay;
    private readonly string? exception;
    private readonly string message;
    private readonly bool fails;

    public OperationHurt(Spec spec)
    {
        delay = spec.Seconds("delay");
        fails = spec.Flag("fail") || spec.Text("exception") is not null;
        exception = spec.Text("exception");
        message = spec.Text("message") ?? "The connection was closed (injected by a chaos experiment).";
    }

    /// <summary>Whether something is to be thrown.</summary>
    public bool Fails => fails;

    /// <summary>Why nothing could be thrown, in words; null where nothing went wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>Sees that what is to be thrown can be made, as far as that can be said before it is.</summary>
    /// <exception cref="NotSupportedException">It cannot.</exception>
    public void Try(string source)
    {
        if (exception is not null)
        {
            ExceptionMaker.Make(exception, message);
        }
        else if (fails && !source.EndsWith('*') && LibraryExceptions.TypeOf(source) is { } known && ExceptionMaker.IsKnown(known))
        {
            ExceptionMaker.Make(known, message);
        }
    }

    /// <summary>Waits where it is to wait, and returns what is to be thrown; null for nothing.</summary>
    /// <param name="source">The library, by the name of its source.</param>
    /// <param name="command">The command of a database that is about to be carried out, where there is one.</param>
    public Exception? Of(string source, object? command)
    {
        if (delay is { } time)
        {
            over.Wait(time);
        }

        try
        {
            return !fails || over.IsSet ? null
                : exception is not null ? ExceptionMaker.Make(exception, message)
                : LibraryExceptions.Make(source, command, message);
        }
        catch (NotSupportedException cannot)
        {
            // Never into the program: that is not what its library throws.
            Problem = cannot.Message;
            return null;
        }
    }

    /// <summary>Whoever waits goes on, and nothing is thrown any more.</summary>
    public void End() => over.Set();
}
