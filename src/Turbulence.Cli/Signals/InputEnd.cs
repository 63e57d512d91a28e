namespace Turbulence.Cli.Signals;

/// <summary>The end of the standard input: whoever held it is gone, whatever became of him.</summary>
internal static class InputEnd
{
    /// <summary>Waits for it on a thread of its own, which nobody waits for.</summary>
    /// <param name="ended">Told of it, once.</param>
    public static void Watch(Action ended) => new Thread(() =>
    {
        try
        {
            using var input = Console.OpenStandardInput();
            var read = new byte[512];
            while (input.Read(read) > 0)
            {
            }
        }
        catch (IOException)
        {
            // What cannot be read any more has nobody at its other end.
        }

        ended();
    })
    {
        IsBackground = true,
        Name = "standard input",
    }.Start();
}
