namespace RandomNumbers.RequireRand;

/// <summary>What a rand server is sent.</summary>
/// <param name="Content">The limit as the user wrote it: the rand server judges it, and no second rule can disagree.</param>
internal readonly record struct NumberRequest(string Content);
