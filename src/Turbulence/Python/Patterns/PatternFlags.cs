namespace Turbulence.Python.Patterns;

/// <summary>What inline flags change in the part of a pattern that they are for.</summary>
[Flags]
internal enum PatternFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>i</c>: upper and lower case are alike.</summary>
    IgnoreCase = 1,

    /// <summary><c>m</c>: <c>^</c> and <c>$</c> match at every line.</summary>
    Multiline = 2,

    /// <summary><c>s</c>: the dot matches a line feed too.</summary>
    DotAll = 4,

    /// <summary><c>x</c>: white space and comments do not count.</summary>
    Verbose = 8,

    /// <summary><c>a</c>: <c>\d</c>, <c>\s</c>, <c>\w</c> and <c>\b</c> know ASCII only.</summary>
    Ascii = 16,

    /// <summary><c>u</c>: they know all of Unicode, as they do without a flag.</summary>
    Unicode = 32,
}
