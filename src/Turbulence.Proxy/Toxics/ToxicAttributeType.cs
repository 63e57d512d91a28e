namespace Turbulence.Proxy.Toxics;

/// <summary>What an attribute of a toxic is.</summary>
public enum ToxicAttributeType
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>True or false.</summary>
    Boolean,
}
