using System.Text;

namespace Turbulence.Platform.Processes.Linux;

/// <summary>
/// Gives the calling thread another name for a while, which a process that it starts meanwhile has until it executes its program
/// (<c>prctl</c>(2)).
/// </summary>
internal readonly unsafe ref struct ThreadName
{
    private const nint SetName = 15;
    private const nint GetName = 16;

    // With the zero at its end.
    private const int Size = 16;

    private readonly UInt128 former;
    private readonly bool isSet;

    /// <summary>Gives the name.</summary>
    /// <param name="name">The name, of which 15 bytes are taken; null leaves the thread its own.</param>
    public ThreadName(string? name)
    {
        if (name is null)
        {
            return;
        }

        UInt128 own = 0;
        var given = stackalloc byte[Size];
        new Span<byte>(given, Size).Clear();
        Encoding.UTF8.GetEncoder().Convert(name, new Span<byte>(given, Size - 1), flush: true, out _, out _, out _);
        isSet = LibC.ProcessControl(GetName, (nint)(&own), 0, 0, 0) == 0 && LibC.ProcessControl(SetName, (nint)given, 0, 0, 0) == 0;
        former = own;
    }

    /// <summary>Gives the former name back.</summary>
    public void Dispose()
    {
        if (isSet)
        {
            var own = former;
            LibC.ProcessControl(SetName, (nint)(&own), 0, 0, 0);
        }
    }
}
