using Spectre.Console;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>The styles of the live view. No meaning hangs on a colour alone: a sign or a word always says the same.</summary>
internal static class Look
{
    /// <summary>Titles and the stages of a run.</summary>
    public static Style Heading { get; } = new(decoration: Decoration.Bold);

    /// <summary>What can be overlooked.</summary>
    public static Style Quiet { get; } = new(decoration: Decoration.Dim);

    /// <summary>What went well.</summary>
    public static Style Good { get; } = new(Color.Green);

    /// <summary>What did not.</summary>
    public static Style Bad { get; } = new(Color.Red);

    /// <summary>What somebody should look at.</summary>
    public static Style Watch { get; } = new(Color.Yellow);

    /// <summary>What goes on right now.</summary>
    public static Style Busy { get; } = new(Color.Blue);
}
