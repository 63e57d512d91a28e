namespace Turbulence.Proxy.Api.Bodies;

/// <summary>A request cannot be fulfilled.</summary>
/// <param name="status">The status code.</param>
/// <param name="message">Why, in one line.</param>
internal sealed class ApiException(int status, string message) : Exception(message)
{
    /// <summary>The status code.</summary>
    public int Status { get; } = status;

    /// <summary>The body is not what it has to be.</summary>
    public static ApiException BadBody(string reason) => new(400, $"bad request body: {reason}");

    /// <summary>What a proxy said, as Toxiproxy would answer it.</summary>
    public static ApiException Of(ProxyException problem) => problem.Problem switch
    {
        ProxyProblem.MissingName or ProxyProblem.InvalidToxicType => new ApiException(400, problem.Message),
        ProxyProblem.InvalidAddress when problem.Message.StartsWith("missing", StringComparison.Ordinal) =>
            new ApiException(400, problem.Message),
        ProxyProblem.InvalidAddress or ProxyProblem.InvalidToxic => BadBody(problem.Message),
        ProxyProblem.ProxyNotFound or ProxyProblem.ToxicNotFound => new ApiException(404, problem.Message),
        ProxyProblem.ProxyExists or ProxyProblem.ToxicExists => new ApiException(409, problem.Message),
        ProxyProblem.CannotListen => new ApiException(500, problem.Message),
        _ => new ApiException(500, problem.Message),
    };
}
