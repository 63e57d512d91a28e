namespace Turbulence.Faults.Arguments;

/// <summary>What an argument of a fault is.</summary>
public enum ArgumentType
{
    /// <summary>Any text that is not empty.</summary>
    Text,

    /// <summary>The name of a service of the experiment.</summary>
    Service,

    /// <summary>The path of a file or a folder, relative to the experiment's folder.</summary>
    Path,

    /// <summary>A regular expression.</summary>
    Pattern,

    /// <summary>A host name.</summary>
    Host,

    /// <summary>An IP address.</summary>
    Address,

    /// <summary>A URL that begins with <c>http://</c> or <c>https://</c> and holds no credentials.</summary>
    Url,

    /// <summary>One of a few words, in capital or small letters.</summary>
    Choice,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>An amount of bytes: a number of them, or a text such as <c>64MiB</c>.</summary>
    Size,

    /// <summary>A part of the whole, 1 at most.</summary>
    Share,

    /// <summary>A length of time: a number of seconds.</summary>
    Seconds,
}
