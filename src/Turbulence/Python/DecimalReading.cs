namespace Turbulence.Python;

/// <summary>What a value is as a decimal number.</summary>
internal enum DecimalReading
{
    /// <summary>A number, infinities included.</summary>
    Number,

    /// <summary>A text that is no number.</summary>
    NotNumeric,

    /// <summary>A text that says NaN, which has no order.</summary>
    NotOrdered,

    /// <summary>Neither a number nor a boolean nor a text.</summary>
    Unreadable,
}
