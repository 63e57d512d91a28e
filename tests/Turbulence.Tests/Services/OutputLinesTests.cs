using System.Text;
using Turbulence.Services;

namespace Turbulence.Tests.Services;

public sealed class OutputLinesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Output => folder["s.log"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_line_counts_when_its_end_has_come_in_however_many_pieces()
    {
        var lines = new OutputLines(Output, 0);
        Add("one\r\nrea");
        Assert.Equal(["one"], lines.Next());
        Assert.Empty(lines.Next());
        var umlaut = Encoding.UTF8.GetBytes("ü");
        using (var file = new FileStream(Output, FileMode.Append))
        {
            file.Write(umlaut.AsSpan(0, 1));
        }

        Assert.Empty(lines.Next());
        using (var file = new FileStream(Output, FileMode.Append))
        {
            file.Write([umlaut[1], (byte)'y', (byte)'\n']);
        }

        Assert.Equal(["reaüy"], lines.Next());
        Assert.Equal(2, lines.Count);
    }

    [Fact]
    public void What_was_there_before_is_not_looked_at()
    {
        Add("ready\n");
        var lines = new OutputLines(Output, 6);
        Assert.Empty(lines.Next());
        Add("now\n");
        Assert.Equal(["now"], lines.Next());
    }

    [Fact]
    public void Of_a_line_without_end_only_the_beginning_is_kept_and_the_next_one_is_whole()
    {
        var lines = new OutputLines(Output, 0);
        using (var file = new FileStream(Output, FileMode.Append))
        {
            var block = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
            for (var i = 0; i < 32; i++)
            {
                file.Write(block);
            }
        }

        Add("\nready\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        List<string> all = [];
        while (all.Count < 2)
        {
            all.AddRange(lines.Next());
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Equal(OutputLines.LongestLine, all[0].Length);
        Assert.Equal("ready", all[1]);
    }

    [Fact]
    public void A_file_that_was_emptied_is_followed_from_its_beginning()
    {
        var lines = new OutputLines(Output, 0);
        Add("one\ntwo");
        Assert.Equal(["one"], lines.Next());
        File.WriteAllText(Output, "three\n");
        Assert.Equal(["three"], lines.Next());
    }

    [Fact]
    public void What_is_no_file_has_no_lines_and_holds_nobody_up()
    {
        var lines = new OutputLines("/dev/null", 0);
        Assert.Empty(lines.Next());
        Assert.Equal("/dev/null is no regular file, so no line of it can be followed", lines.Problem);
    }

    private void Add(string text) => File.AppendAllText(Output, text);
}
