namespace RandomNumbers.RandServer;

/// <summary>The answer to a bad request.</summary>
/// <param name="Server">Who refused: <c>primary (8002)</c>.</param>
/// <param name="Error">What is wrong, in one line.</param>
public readonly record struct Refusal(string Server, string Error);
