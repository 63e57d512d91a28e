namespace Libraries.Tests;

/// <summary>What came of one use of a library.</summary>
/// <param name="Text">The word, or what the exception said.</param>
/// <param name="Types">The type of the exception that came out of the library, and those inside it; empty where it worked.</param>
internal sealed record UseOutcome(string Text, IReadOnlyList<string> Types);
