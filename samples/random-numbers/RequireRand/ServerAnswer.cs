namespace RandomNumbers.RequireRand;

/// <summary>
/// A rand server's answer as it comes over the wire: a number or an error. Its properties can be set because the serializer
/// is quicker with those than with a constructor's parameters.
/// </summary>
internal sealed class ServerAnswer
{
    /// <summary>Who answers.</summary>
    public string? Server { get; set; }

    /// <summary>The number, in digits.</summary>
    public string? Content { get; set; }

    /// <summary>Why there is no number.</summary>
    public string? Error { get; set; }
}
