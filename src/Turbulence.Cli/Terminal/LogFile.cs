using System.Text;
using Turbulence.Cli.Lines;
using Turbulence.Events;
using Turbulence.Platform.Files;

namespace Turbulence.Cli.Terminal;

/// <summary>
/// Appends a run to a file, line by line. A new file is for its owner only: messages of activities can hold what they were
/// given. Several runs may share one file.
/// </summary>
internal sealed class LogFile : IRunObserver, IDisposable
{
    private readonly Stream stream;
    private readonly EventText text;

    private LogFile(Stream stream, EventText text)
    {
        this.stream = stream;
        this.text = text;
    }

    /// <summary>Opens or creates the file at <paramref name="path"/>.</summary>
    /// <param name="path">Relative to the working directory.</param>
    /// <param name="text">Makes the lines.</param>
    /// <param name="failure">Why it could not be opened, in one line; null when it could.</param>
    /// <returns>The open file; null when it could not be opened.</returns>
    public static LogFile? TryOpen(string path, EventText text, out string? failure)
    {
        try
        {
            failure = null;
            return new LogFile(OutputFile.OpenAppend(path), text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            failure = $"The log file {path} cannot be written, going on without it: {problem.Message}";
            return null;
        }
    }

    /// <inheritdoc/>
    public void On(RunEvent happened)
    {
        if (text.Of(happened) is { Length: > 0 } lines)
        {
            stream.Write(Encoding.UTF8.GetBytes(lines));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
