namespace Turbulence.Sdk;

/// <summary>
/// Says that an activity failed, with a text for people. Any other exception fails an activity as well; this one says that its author
/// expected it.
/// </summary>
public sealed class ActivityFailedException : Exception
{
    /// <summary>An activity failed.</summary>
    public ActivityFailedException()
        : base("the activity failed")
    {
    }

    /// <summary>An activity failed.</summary>
    /// <param name="message">Why, in one line.</param>
    public ActivityFailedException(string message)
        : base(message)
    {
    }

    /// <summary>An activity failed because of something else.</summary>
    /// <param name="message">Why, in one line.</param>
    /// <param name="innerException">What it was.</param>
    public ActivityFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
