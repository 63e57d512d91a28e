using System.Runtime.InteropServices;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>Texts as C wants them: pointers to zero-ended bytes (<see cref="SystemText"/>), then a null pointer.</summary>
internal sealed unsafe class CStrings : IDisposable
{
    private void* block;

    public CStrings(IReadOnlyCollection<string> texts)
    {
        byte[][] contents = [.. texts.Select(SystemText.Encode)];
        var table = (contents.Length + 1) * sizeof(byte*);
        block = NativeMemory.Alloc((nuint)(table + contents.Sum(content => content.Length + 1)));
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

    public byte** Pointers => (byte**)block;

    public void Dispose()
    {
        NativeMemory.Free(block);
        block = null;
    }
}
