using System.Buffers.Binary;

namespace Turbulence.Faults.Guardians;

/// <summary>
/// One message between a runner and its guardian: a letter, the length of what follows (four bytes, the lowest first), and that.
/// <code>
///   runner ─▶ guardian   r run record   f fault record   . beat   e end in order
///   guardian ─▶ runner   h version      a how many records it has by now, after each frame that it takes   l why it takes the faults over
/// </code>
/// </summary>
/// <param name="Kind">The letter.</param>
/// <param name="Content">What follows.</param>
internal readonly record struct PipeFrame(byte Kind, byte[] Content)
{
    /// <summary>
    /// The version of all this. A runner and a guardian of different versions do not work together: the program was replaced during the
    /// run.
    /// </summary>
    public const byte Version = 1;

    /// <summary>The most that a frame may hold. A record is far smaller; what says more is no frame.</summary>
    public const int MaxLength = 16 << 20;

    /// <summary>A run's record, as in the ledger.</summary>
    public const byte Run = (byte)'r';

    /// <summary>A fault's record, as in the ledger.</summary>
    public const byte Fault = (byte)'f';

    /// <summary>The runner lives.</summary>
    public const byte Beat = (byte)'.';

    /// <summary>The run has come to its end in order, and there is nothing to guard any more.</summary>
    public const byte End = (byte)'e';

    /// <summary>The guardian is on watch.</summary>
    public const byte Hello = (byte)'h';

    /// <summary>The guardian lives, and has so many records.</summary>
    public const byte Answer = (byte)'a';

    /// <summary>The guardian takes the faults over.</summary>
    public const byte Loss = (byte)'l';

    /// <summary>The length of what stands in front of the content.</summary>
    public const int HeadLength = 5;

    /// <summary>A frame with nothing in it.</summary>
    public static PipeFrame Of(byte kind) => new(kind, []);

    /// <summary>A frame with a number in it.</summary>
    public static PipeFrame Of(byte kind, long number)
    {
        var content = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(content, number);
        return new PipeFrame(kind, content);
    }

    /// <summary>The number in it; 0 where there is none.</summary>
    public long Number => Content.Length == sizeof(long) ? BinaryPrimitives.ReadInt64LittleEndian(Content) : 0;

    /// <summary>As it goes through the pipe.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[HeadLength + Content.Length];
        bytes[0] = Kind;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), Content.Length);
        Content.CopyTo(bytes.AsSpan(HeadLength));
        return bytes;
    }
}
