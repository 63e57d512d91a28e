namespace Turbulence.Cli.Doctor;

/// <summary>What was found out about one thing of this machine.</summary>
/// <param name="Subject">What it is about, in a word or two.</param>
/// <param name="State">How it stands.</param>
/// <param name="Text">What was seen, in one line; where it does not work, why and what to do.</param>
internal sealed record Finding(string Subject, FindingState State, string Text)
{
    /// <summary>It works.</summary>
    public static Finding Ok(string subject, string text) => new(subject, FindingState.Ok, text);

    /// <summary>It is not there.</summary>
    public static Finding Missing(string subject, string text) => new(subject, FindingState.Missing, text);

    /// <summary>It does not work.</summary>
    public static Finding Broken(string subject, string text) => new(subject, FindingState.Broken, text);

    /// <summary>The state, as it is said: <c>ok</c>, <c>missing</c>, <c>broken</c>.</summary>
    public string Word => State.ToString().ToLowerInvariant();
}
