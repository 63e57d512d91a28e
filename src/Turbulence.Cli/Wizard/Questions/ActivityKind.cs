namespace Turbulence.Cli.Wizard.Questions;

/// <summary>What an activity can be made of.</summary>
internal enum ActivityKind
{
    /// <summary>No activity: the list is complete.</summary>
    None,

    /// <summary>An HTTP request.</summary>
    Request,

    /// <summary>A program.</summary>
    Command,

    /// <summary>A fault.</summary>
    Fault,

    /// <summary>Requests for a while.</summary>
    Load,

    /// <summary>An activity of the discovery document.</summary>
    Discovered,
}
