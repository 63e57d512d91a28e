using System.Runtime.InteropServices;
using System.Text;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>Texts as C wants them: pointers to zero-ended UTF-8, then a null pointer.</summary>
internal sealed unsafe class CStrings : IDisposable
{
    private void* block;

    public CStrings(IReadOnlyCollection<string> texts)
    {
        var table = (texts.Count + 1) * sizeof(byte*);
        var size = table + texts.Sum(text => Encoding.UTF8.GetByteCount(text) + 1);
        block = NativeMemory.Alloc((nuint)size);
        var pointers = Pointers;
        var next = (byte*)block + table;
        var end = (byte*)block + size;
        foreach (var text in texts)
        {
            *pointers++ = next;
            next += Encoding.UTF8.GetBytes(text, new Span<byte>(next, (int)(end - next)));
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
