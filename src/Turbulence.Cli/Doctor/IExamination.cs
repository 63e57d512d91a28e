namespace Turbulence.Cli.Doctor;

/// <summary>Looks at one thing of this machine. Nothing is changed, and nothing is left behind.</summary>
internal interface IExamination
{
    /// <summary>What it is about, in a word or two.</summary>
    string Subject { get; }

    /// <summary>Looks.</summary>
    /// <param name="stop">Ends the look.</param>
    /// <returns>What was found out.</returns>
    /// <exception cref="IOException">Something could not be looked at.</exception>
    Task<IReadOnlyList<Finding>> LookAsync(CancellationToken stop);
}
