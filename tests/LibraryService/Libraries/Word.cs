namespace LibraryService.Libraries;

/// <summary>A word, and what it is found by.</summary>
internal sealed class Word
{
    public required string Id { get; init; }

    public required string Text { get; init; }
}
