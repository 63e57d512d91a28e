namespace Turbulence.Keys;

/// <summary>What kind of value a key takes.</summary>
internal enum FormKind
{
    /// <summary>Any value.</summary>
    Anything,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A list.</summary>
    List,

    /// <summary>A map.</summary>
    Map,
}
