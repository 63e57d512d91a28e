namespace RandomNumbers.RandServer;

/// <summary>The answer to a good request.</summary>
/// <param name="Server">Who drew: <c>primary (8002)</c>.</param>
/// <param name="Content">The number, in digits.</param>
public readonly record struct DrawAnswer(string Server, string Content);
