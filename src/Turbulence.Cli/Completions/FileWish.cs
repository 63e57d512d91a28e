namespace Turbulence.Cli.Completions;

/// <summary>Which files a shell is to offer, beside words.</summary>
internal enum FileWish
{
    /// <summary>None.</summary>
    None,

    /// <summary>Any.</summary>
    Any,

    /// <summary>Folders alone.</summary>
    Folders,

    /// <summary>Experiments: <c>.json</c>, <c>.yaml</c>, <c>.yml</c>.</summary>
    Experiments,

    /// <summary>Journals: <c>.json</c>.</summary>
    Journals,
}
