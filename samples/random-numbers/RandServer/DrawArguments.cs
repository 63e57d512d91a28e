using RandomNumbers.ServiceProcess;

namespace RandomNumbers.RandServer;

/// <summary>The command line of <c>rand-server</c>.</summary>
public static class DrawArguments
{
    /// <summary>What <c>--help</c> prints.</summary>
    public const string Usage =
        """
        usage: rand-server PORT NAME [--daemon]

        Draws random numbers: POST / with {"content": 10} answers {"server": "NAME (PORT)", "content": "5"}, 0 to 10.

          PORT      the loopback port to listen on; 0 takes a free one
          NAME      primary, secondary, …: letters, digits, '-' and '_'; NAME.pid appears in the working directory
          --daemon  return as soon as the service answers, and leave it running
          --help    print this
        """;

    /// <summary>Makes the service that the arguments ask for; null, with the reader's problem set, when they are wrong.</summary>
    public static IService? Configure(ArgumentReader reader)
    {
        if (!reader.TryTakeOperands(["PORT", "NAME"], out var operands))
        {
            return null;
        }

        var port = reader.ToPort(operands[0], fallback: 0);
        var name = operands[1];
        if (name.Length is 0 or > 64 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            reader.Refuse($"'{name}' is not a name (1 to 64 letters, digits, '-' and '_')");
        }

        return reader.Problem is null ? new DrawService(name, port, new Random()) : null;
    }
}
