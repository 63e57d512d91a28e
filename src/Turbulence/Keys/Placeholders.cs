namespace Turbulence.Keys;

/// <summary>Which texts may stand in the place of a value because their own is known only to the run.</summary>
internal enum Placeholders
{
    /// <summary>None.</summary>
    None,

    /// <summary>One that is a placeholder from its beginning to its end: <c>${name}</c>.</summary>
    Whole,

    /// <summary>One that holds a placeholder: <c>1${name}</c>.</summary>
    Inside,

    /// <summary>One that holds a dollar sign.</summary>
    Dollar,
}
