using System.Text;
using Microsoft.Extensions.Time.Testing;
using Turbulence.Cli.Terminal;

namespace Turbulence.Cli.Tests.Terminal;

public sealed class PatientWriterTests
{
    [Fact]
    public async Task Two_outputs_get_what_was_said_in_its_order_and_one_that_breaks_does_not_break_the_other()
    {
        var screen = new StringWriter();
        var broken = new BrokenWriter(static () => throw new IOException("the reader hung up"));
        await using (var writer = new PatientWriter(screen, TimeProvider.System, Long))
        {
            var beside = writer.Beside(screen);
            var gone = writer.Beside(broken);
            foreach (var text in (string[])["1 ", "3 ", "5 "])
            {
                await writer.WriteAsync(text);
                await gone.WriteAsync("never seen");
                await beside.WriteAsync($"{text[0] - '0' + 1} ");
            }
        }

        Assert.Equal("1 2 3 4 5 6 ", screen.ToString());
    }

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Everything_comes_through_in_its_order()
    {
        using var written = new StringWriter();
        await using (var writer = new PatientWriter(written, TimeProvider.System, Long))
        {
            for (var i = 0; i < 1000; i++)
            {
                await writer.WriteLineAsync($"{i}");
            }

            writer.Write('c');
            writer.Write("span".AsSpan());
            writer.Write(['a', 'r', 'r'], 1, 2);
            writer.Write(12);
            writer.WriteLine();
        }

        Assert.Equal(string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i}\n")) + "cspanrr12\n", written.ToString());
    }

    [Fact]
    public async Task An_output_that_throws_gets_nothing_more()
    {
        var broken = new BrokenWriter(() => throw new IOException("Broken pipe"));
        await using (var writer = new PatientWriter(broken, TimeProvider.System, Long))
        {
            writer.Write("one");
            writer.Write("two");
        }

        Assert.Equal(1, broken.Attempts);
    }

    [Fact]
    public async Task Of_an_output_that_blocks_no_more_is_held_than_that_and_what_it_got_in_the_end_has_no_hole()
    {
        using var reader = new ManualResetEventSlim();
        var blocked = new BrokenWriter(reader.Wait);
        var other = new StringWriter();
        await using (var writer = new PatientWriter(blocked, TimeProvider.System, Long) { MostHeld = 100 })
        {
            var beside = writer.Beside(other);
            for (var number = 0; number < 1_000; number++)
            {
                writer.Write($"{number:000}\n");
            }

            beside.Write("said");
            reader.Set();
            await Eventually.HoldsAsync(() => other.ToString() == "said");
            writer.Write("later");
        }

        Assert.Equal(string.Concat(Enumerable.Range(0, 25).Select(static number => $"{number:000}\n")), string.Concat(blocked.Taken));
    }

    [Fact]
    public async Task An_output_that_blocks_holds_up_neither_the_command_nor_its_end()
    {
        using var reader = new ManualResetEventSlim();
        var time = new FakeTimeProvider();
        var writer = new PatientWriter(new BrokenWriter(reader.Wait), time, Patience);
        writer.Write("one");
        writer.Write("two");
        var end = writer.DisposeAsync().AsTask();
        Assert.False(end.IsCompleted);
        time.Advance(Patience);
        await end.WaitAsync(Long, TestContext.Current.CancellationToken);
        reader.Set();
    }

    [Fact]
    public async Task What_an_output_takes_at_once_is_written_by_who_says_it_and_nothing_overtakes_what_waits()
    {
        using var reader = new SemaphoreSlim(0);
        var written = new StringBuilder();
        var takes = true;
        var writer = new PatientWriter(new SlowWriter(reader, written), TimeProvider.System, Long, bytes =>
        {
            written.Append(takes ? Encoding.UTF8.GetString(bytes) : "");
            return takes;
        });

        writer.Write("one ");
        Assert.Equal("one ", written.ToString());
        takes = false;
        writer.Write("two ");
        takes = true;
        writer.Write("three ");
        reader.Release(2);
        await writer.DisposeAsync();
        writer.Write("nothing more");
        Assert.Equal("one two three ", written.ToString());
    }

    private sealed class SlowWriter(SemaphoreSlim reader, StringBuilder written) : StringWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override async Task WriteAsync(string? value)
        {
            await reader.WaitAsync();
            written.Append(value);
        }
    }

    private sealed class BrokenWriter(Action write) : StringWriter
    {
        public int Attempts { get; private set; }

        public List<string?> Taken { get; } = [];

        public override Task WriteAsync(string? value)
        {
            Attempts++;
            write();
            Taken.Add(value);
            return Task.CompletedTask;
        }
    }
}
