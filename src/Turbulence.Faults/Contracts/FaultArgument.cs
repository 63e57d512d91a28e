namespace Turbulence.Faults.Contracts;

/// <summary>One argument of a kind.</summary>
/// <param name="Name">Its key in <c>arguments</c>.</param>
/// <param name="Type">What it is: <c>text</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, <c>size</c> (bytes, or a text such as <c>64MiB</c>), <c>share</c> (0 to 1).</param>
/// <param name="Summary">What it says, with unit, default and range, in one line.</param>
/// <param name="IsRequired">Whether it has to be there.</param>
public sealed record FaultArgument(string Name, string Type, string Summary, bool IsRequired = false);
