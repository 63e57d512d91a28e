using System.Text;
using System.Threading.Channels;

namespace Turbulence.Cli.Terminal;

/// <summary>
/// Stands between the command and an output that may block or break: a full pipe, a stopped terminal, a reader that hung up.
/// Writing never waits and never fails; an output that throws gets nothing more.
/// </summary>
internal sealed class PatientWriter : TextWriter
{
    private readonly Channel<string> queue = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TextWriter inner;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;
    private readonly Task pump;

    /// <summary>Begins to write.</summary>
    /// <param name="inner">The output; used by one thread at a time, and not disposed.</param>
    /// <param name="time">Measures <paramref name="patience"/>.</param>
    /// <param name="patience">How long the end of the program waits for an output that blocks.</param>
    public PatientWriter(TextWriter inner, TimeProvider time, TimeSpan patience)
    {
        this.inner = inner;
        this.time = time;
        this.patience = patience;
        CoreNewLine = ['\n'];
        pump = Task.Run(PumpAsync);
    }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            queue.Writer.TryWrite(value);
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write($"{value}\n");

    /// <summary>Does nothing: everything is written as soon as the output takes it.</summary>
    public override void Flush()
    {
    }

    /// <summary>Waits until everything is written, or patience is over.</summary>
    public override async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        try
        {
            await pump.WaitAsync(patience, time);
        }
        catch (TimeoutException)
        {
            // Nobody reads the pipe; the exit code and the journal tell what its reader will miss.
        }

        await base.DisposeAsync();
    }

    private async Task PumpAsync()
    {
        try
        {
            await foreach (var text in queue.Reader.ReadAllAsync())
            {
                await inner.WriteAsync(text);
                await inner.FlushAsync();
            }
        }
        catch (Exception problem) when (problem is IOException or ObjectDisposedException or UnauthorizedAccessException)
        {
            // The reader hung up, or the disk is full: there is nobody left to tell.
            queue.Writer.TryComplete();
        }
    }
}
