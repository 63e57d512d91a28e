using System.Text;
using Turbulence.Json;

namespace Turbulence.Journals;

/// <summary>Puts the members of a journal's root together, from ready-made JSON texts and without taking these apart.</summary>
/// <param name="target">Receives them.</param>
internal sealed class JournalText(Stream target)
{
    private int depth = 1;
    private bool first;

    /// <summary>Begins the document.</summary>
    public JournalText Begin()
    {
        target.WriteByte((byte)'{');
        first = true;
        return this;
    }

    /// <summary>Begins a member of the object that is open.</summary>
    public JournalText Key(string name)
    {
        target.Write(first ? ""u8 : ","u8);
        first = false;
        target.Write(IndentedStream.LineStart(depth));
        target.Write(Encoding.UTF8.GetBytes($"\"{name}\": "));
        return this;
    }

    /// <summary>The member's value.</summary>
    public void Value(ReadOnlySpan<byte> json)
    {
        using var indented = new IndentedStream(target, depth);
        indented.Write(json);
    }

    /// <summary>The member's value is an object, whose members follow.</summary>
    public void Open()
    {
        target.WriteByte((byte)'{');
        depth++;
        first = true;
    }
}
