namespace LibraryService.Answers;

/// <summary>What came out of a library instead of a word.</summary>
/// <param name="Types">The exception's type, and those of the exceptions inside it.</param>
/// <param name="Message">What it says.</param>
internal sealed record UseFailure(IReadOnlyList<string> Types, string Message)
{
    public static UseFailure Of(Exception failed)
    {
        List<string> types = [];
        for (var inner = failed; inner is not null; inner = inner.InnerException)
        {
            types.Add(inner.GetType().FullName!);
        }

        return new UseFailure(types, failed.Message);
    }
}
