using System.Text;
using System.Threading.Channels;

namespace Turbulence.Cli.Terminal;

/// <summary>
/// Stands between the command and an output that may block or break: a full pipe, a stopped terminal, a reader that hung up. Writing never
/// waits and never fails; an output that throws gets nothing more, and neither does one for which more waits than a run should hold.
/// Several outputs that people see as one, a terminal's two streams, get what they are told in the order in which it was said. What an
/// output takes at once is written on the caller's thread, so that none has to be woken for each line.
/// </summary>
internal sealed class PatientWriter : TextWriter
{
    private readonly Channel<(TextWriter Output, string Text)> queue = Channel.CreateUnbounded<(TextWriter, string)>(
        new UnboundedChannelOptions { SingleReader = true });
    private readonly TextWriter inner;
    private readonly TimeProvider time;
    private readonly TimeSpan patience;
    private readonly PatientWriter? first;
    private readonly Func<byte[], bool>? writeAtOnce;
    private readonly Task pump;
    private readonly Lock gate = new();
    private readonly HashSet<TextWriter> unread = [];
    private readonly Dictionary<TextWriter, long> held = [];
    private int waiting;
    private bool isClosed;

    /// <summary>Begins to write.</summary>
    /// <param name="inner">The output; used by one thread at a time, and not disposed.</param>
    /// <param name="time">Measures <paramref name="patience"/>.</param>
    /// <param name="patience">How long the end of the program waits for an output that blocks.</param>
    /// <param name="writeAtOnce">Writes to the same output without ever waiting, all or nothing, and says whether it did. Default: null,
    /// nothing can.</param>
    public PatientWriter(TextWriter inner, TimeProvider time, TimeSpan patience, Func<byte[], bool>? writeAtOnce = null)
    {
        this.writeAtOnce = writeAtOnce;
        this.inner = inner;
        this.time = time;
        this.patience = patience;
        CoreNewLine = ['\n'];
        pump = Task.Run(PumpAsync);
    }

    private PatientWriter(PatientWriter first, TextWriter inner, Func<byte[], bool>? writeAtOnce)
    {
        (this.first, this.inner, this.writeAtOnce, time, patience, pump) =
            (first, inner, writeAtOnce, first.time, first.patience, Task.CompletedTask);
        CoreNewLine = ['\n'];
    }

    /// <summary>The same for another output, which waits its turn behind what was said here. It ends with this one.</summary>
    /// <param name="other">The output.</param>
    /// <param name="writeAtOnceThere">Writes to it without ever waiting, all or nothing. Default: null, nothing can.</param>
    public PatientWriter Beside(TextWriter other, Func<byte[], bool>? writeAtOnceThere = null) => new(this, other, writeAtOnceThere);

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
            (first ?? this).Write(inner, writeAtOnce, value);
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write($"{value}\n");

    /// <summary>Does nothing: everything is written as soon as the output takes it.</summary>
    public override void Flush()
    {
    }

    /// <summary>As much as waits at most for one output, in characters. Default: 32 Mi, some hours of lines that nobody reads.</summary>
    public long MostHeld { get; init; } = 32 << 20;

    /// <summary>Waits until everything is written, or patience is over.</summary>
    public override async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            isClosed = true;
            queue.Writer.TryComplete();
        }

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

    private void Write(TextWriter output, Func<byte[], bool>? atOnce, string text)
    {
        lock (gate)
        {
            // Not before what waits.
            if (isClosed || (waiting == 0 && !unread.Contains(output) && atOnce is not null && atOnce(output.Encoding.GetBytes(text))))
            {
                return;
            }

            // Whoever reads again finds the end of it here, and not a hole.
            var more = held.GetValueOrDefault(output) + text.Length;
            if (unread.Contains(output) || (more > MostHeld && unread.Add(output)))
            {
                return;
            }

            held[output] = more;
            Interlocked.Increment(ref waiting);
            queue.Writer.TryWrite((output, text));
        }
    }

    private async Task PumpAsync()
    {
        var broken = new HashSet<TextWriter>();
        await foreach (var (output, text) in queue.Reader.ReadAllAsync())
        {
            try
            {
                if (!broken.Contains(output))
                {
                    await output.WriteAsync(text);
                    await output.FlushAsync();
                }
            }
            catch (Exception problem) when (problem is IOException or ObjectDisposedException or UnauthorizedAccessException)
            {
                // The reader hung up, or the disk is full: there is nobody left to tell.
                broken.Add(output);
            }

            lock (gate)
            {
                held[output] -= text.Length;
            }

            Interlocked.Decrement(ref waiting);
        }
    }
}
