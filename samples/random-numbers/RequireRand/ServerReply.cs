using System.Text.Json;

namespace RandomNumbers.RequireRand;

/// <summary>What came of asking one rand server.</summary>
public abstract record ServerReply
{
    /// <summary>Understands a rand server's HTTP response.</summary>
    /// <param name="status">Its status code.</param>
    /// <param name="body">Its body.</param>
    public static ServerReply From(int status, ReadOnlySpan<byte> body)
    {
        var answer = Parse(body);
        return status switch
        {
            StatusCodes.Status200OK when answer is { Server: not null, Content: not null } => new Drawn(answer.Server, answer.Content),
            StatusCodes.Status200OK => new Failed("answered 200, but not with a number"),
            StatusCodes.Status400BadRequest or StatusCodes.Status413PayloadTooLarge =>
                new Refused(answer?.Error ?? "the value was refused without a reason"),
            _ => new Failed($"answered {status}"),
        };
    }

    private static ServerAnswer? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, WireJson.Default.ServerAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>It drew a number.</summary>
    /// <param name="Server">Who it says it is.</param>
    /// <param name="Content">The number, in digits.</param>
    public sealed record Drawn(string Server, string Content) : ServerReply;

    /// <summary>It refused the value; another server would refuse it too.</summary>
    /// <param name="Reason">Why, in its words.</param>
    public sealed record Refused(string Reason) : ServerReply;

    /// <summary>It gave no usable answer.</summary>
    /// <param name="Reason">Why: <c>connection refused</c>, <c>timed out after 2 s</c>, <c>answered 500</c>.</param>
    public sealed record Failed(string Reason) : ServerReply;

    /// <summary>It was called off before it had had time to answer; nothing is known of the server.</summary>
    public sealed record CalledOff : ServerReply
    {
        private CalledOff()
        {
        }

        /// <summary>The only one.</summary>
        public static CalledOff Instance { get; } = new();
    }
}
