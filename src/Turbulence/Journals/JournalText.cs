using System.Text;

namespace Turbulence.Journals;

/// <summary>Puts ready-made JSON texts together to one indented document, without taking them apart again.</summary>
/// <param name="target">Receives the document.</param>
internal sealed class JournalText(Stream target)
{
    private int depth = 1;
    private bool first = true;

    /// <summary>Begins a member of the object that is open.</summary>
    public JournalText Key(string name)
    {
        target.Write(depth == 1 && first ? "{"u8 : first ? ""u8 : ","u8);
        first = false;
        Line(depth);
        target.Write(Encoding.UTF8.GetBytes($"\"{name}\": "));
        return this;
    }

    /// <summary>The member's value.</summary>
    public void Value(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf((byte)'\n') is var end and >= 0)
        {
            target.Write(json[..end]);
            Line(depth);
            json = json[(end + 1)..];
        }

        target.Write(json);
    }

    /// <summary>The member's value is an array: finished elements, then others.</summary>
    public void Array(JournalSpool finished, IEnumerable<byte[]> others)
    {
        target.WriteByte((byte)'[');
        finished.CopyTo(target);
        var count = finished.Count;
        foreach (var element in others)
        {
            if (count++ > 0)
            {
                target.WriteByte((byte)',');
            }

            finished.WriteElement(element, target);
        }

        if (count > 0)
        {
            Line(depth);
        }

        target.WriteByte((byte)']');
    }

    /// <summary>The member's value is an object, whose members follow.</summary>
    public void Open()
    {
        target.WriteByte((byte)'{');
        depth++;
        first = true;
    }

    /// <summary>Ends the object that was opened.</summary>
    public void Close()
    {
        depth--;
        Line(depth);
        target.WriteByte((byte)'}');
        first = false;
    }

    /// <summary>Ends the document.</summary>
    public void End()
    {
        target.Write("\n}"u8);
        target.Flush();
    }

    private void Line(int indentation)
    {
        target.WriteByte((byte)'\n');
        for (var i = 0; i < indentation; i++)
        {
            target.Write("  "u8);
        }
    }
}
