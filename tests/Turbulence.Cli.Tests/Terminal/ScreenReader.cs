using System.Text;

namespace Turbulence.Cli.Tests.Terminal;

/// <summary>
/// A terminal as far as the live view uses one: line breaks at its width, the cursor up and to the left, a line or everything below
/// erased, colours passed over. Anything else is a failed test.
/// </summary>
internal sealed class ScreenReader(int width)
{
    private readonly List<StringBuilder> lines = [new()];
    private int row;
    private int column;

    /// <summary>Everything that was written and not erased, the scroll-back included.</summary>
    public string Text => string.Join('\n', lines.Select(line => line.ToString().TrimEnd())).TrimEnd('\n');

    public void Write(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\n':
                    row++;
                    column = 0;
                    break;
                case '\r':
                    column = 0;
                    break;
                case '\e':
                    i = Control(text, i);
                    continue;
                default:
                    Put(text[i]);
                    break;
            }

            while (lines.Count <= row)
            {
                lines.Add(new StringBuilder());
            }
        }
    }

    private void Put(char c)
    {
        if (column == width)
        {
            row++;
            column = 0;
            while (lines.Count <= row)
            {
                lines.Add(new StringBuilder());
            }
        }

        var line = lines[row];
        while (line.Length <= column)
        {
            line.Append(' ');
        }

        line[column++] = c;
    }

    private int Control(string text, int at)
    {
        Assert.Equal('[', text[at + 1]);
        var end = at + 2;
        while (!char.IsLetter(text[end]))
        {
            end++;
        }

        var argument = text[(at + 2)..end];
        switch (text[end])
        {
            case 'A':
                row -= int.Parse(argument, System.Globalization.CultureInfo.InvariantCulture);
                Assert.True(row >= 0, "the cursor left the screen");
                break;
            case 'J':
                lines.RemoveRange(row + 1, lines.Count - row - 1);
                lines[row].Length = Math.Min(lines[row].Length, column);
                break;
            case 'K':
                Assert.Equal("2", argument);
                lines[row].Clear();
                break;
            case 'm':
                break;
            default:
                Assert.Fail($"unexpected control sequence {text[at..(end + 1)]}");
                break;
        }

        return end;
    }
}
