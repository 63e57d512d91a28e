using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Processes;

/// <summary>
/// Our own standard input and output, taken away from everybody else in this process: for a program that speaks a protocol over them and
/// then runs code that may print, read, or start other programs.
/// </summary>
public sealed class StandardStreams : IDisposable
{
    private StandardStreams(Stream input, Stream output)
    {
        Input = input;
        Output = output;
    }

    /// <summary>What was the standard input. Unbuffered; reading blocks its thread.</summary>
    public Stream Input { get; }

    /// <summary>What was the standard output. Unbuffered; writing blocks its thread while nobody reads.</summary>
    public Stream Output { get; }

    /// <summary>
    /// Takes the two streams. To be called once, before anything reads or prints. On Linux they move to descriptors that children do not
    /// inherit, descriptor 0 becomes <c>/dev/null</c> and descriptor 1 a second standard error; native code is covered as well. Elsewhere
    /// only what goes through <see cref="Console"/> is turned away, and children must be started with streams of their own.
    /// </summary>
    /// <exception cref="IOException">The descriptors are not open, or there are too many of them.</exception>
    public static StandardStreams Take()
    {
        if (OperatingSystem.IsLinux())
        {
            var (input, output) = ProtocolFiles.Take(0, 1, 2);
            return new(new FileStream(input, FileAccess.Read, bufferSize: 0), new FileStream(output, FileAccess.Write, bufferSize: 0));
        }

        var streams = new StandardStreams(Console.OpenStandardInput(), Console.OpenStandardOutput());
        Console.SetIn(TextReader.Null);
        Console.SetOut(Console.Error);
        return streams;
    }

    /// <summary>Closes both.</summary>
    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
    }
}
