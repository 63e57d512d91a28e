using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Loading;

/// <summary>The bytes of a source and the formats to try on them, or why there are none.</summary>
/// <param name="Bytes">What was read.</param>
/// <param name="Formats">The formats it may have, the likelier first.</param>
/// <param name="Failure">Why nothing was read; null where it was.</param>
internal readonly record struct SourceContent(ReadOnlyMemory<byte> Bytes, IReadOnlyList<DocumentFormat> Formats, string? Failure = null)
{
    public const string UnknownFormat = "only files with json, yaml or yml extensions are supported";

    [MemberNotNullWhen(true, nameof(Failure))]
    public bool HasFailed => Failure is not null;

    public static SourceContent Failed(string failure) => new(default, [], failure);

    public static string TooLarge(string what, long maximum) =>
        FormattableString.Invariant($"{what} is larger than {maximum} bytes, the most that is read");
}
