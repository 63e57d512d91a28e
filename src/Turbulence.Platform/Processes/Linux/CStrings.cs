using System.Runtime.InteropServices;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// Texts as C wants them: pointers to zero-ended bytes (<see cref="SystemText"/>), then a null pointer. They are there as long as this is.
/// </summary>
internal sealed unsafe class CStrings : IDisposable
{
    private void* block;

    public CStrings(IReadOnlyCollection<string> texts)
    {
        byte[][] contents = [.. texts.Select(SystemText.Encode)];
        HasNul = contents.Any(static content => content.AsSpan().Contains((byte)0));
        var table = (contents.Length + 1) * sizeof(byte*);
        block = NativeMemory.Alloc((nuint)(table + contents.Sum(static content => content.Length + 1)));
        var pointers = Pointers;
        var next = (byte*)block + table;
        foreach (var content in contents)
        {
            *pointers++ = next;
            content.CopyTo(new Span<byte>(next, content.Length));
            next += content.Length;
            *next++ = 0;
        }

        *pointers = null;
    }

    // What is kept for many children is disposed of by nobody.
    ~CStrings() => Free();

    /// <summary>Whether one of them holds a NUL, where C sees its end.</summary>
    public bool HasNul { get; }

    /// <summary>The first pointer. Who uses it keeps this object alive.</summary>
    public byte** Pointers => (byte**)block;

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.Free(block);
        block = null;
    }
}
