namespace Turbulence.Platform.Files;

/// <summary>How what stands at the place of an output is written.</summary>
public enum OutputKind
{
    /// <summary>Nothing, or a regular file of one name: a new file is written beside it and takes its place as a whole.</summary>
    Replaced,

    /// <summary>
    /// A regular file of several names, or one that something is mounted on: it stays the file that it is, and is written anew.
    /// </summary>
    Rewritten,

    /// <summary>A device, a pipe, an open file: whatever it does with what it is told, it is told it once and stays where it is.</summary>
    Stream,
}
