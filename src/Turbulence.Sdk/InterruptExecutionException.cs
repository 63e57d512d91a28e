namespace Turbulence.Sdk;

/// <summary>
/// Thrown by a control's hook: stops the run. What was begun is rolled back as after any interruption. Thrown by an activity, it only fails
/// the activity.
/// </summary>
public sealed class InterruptExecutionException : Exception
{
    /// <summary>Stops the run.</summary>
    public InterruptExecutionException()
        : base("the execution is interrupted")
    {
    }

    /// <summary>Stops the run.</summary>
    /// <param name="message">Why, in one line.</param>
    public InterruptExecutionException(string message)
        : base(message)
    {
    }

    /// <summary>Stops the run because of something else.</summary>
    /// <param name="message">Why, in one line.</param>
    /// <param name="innerException">What it was.</param>
    public InterruptExecutionException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
