using LibraryService.Libraries;

namespace LibraryService.Answers;

/// <summary>What a caller of the service sees of one use: 200 and the word, or 500 and the exception.</summary>
internal static class UseAnswer
{
    public static async Task<IResult> OfAsync(ILibraryUse use, CancellationToken cancelling)
    {
        try
        {
            return TypedResults.Text(await use.UseAsync(cancelling));
        }
#pragma warning disable CA1031 // Whatever comes out is what is asked for.
        catch (Exception failed)
#pragma warning restore CA1031
        {
            return TypedResults.Json(UseFailure.Of(failed), statusCode: StatusCodes.Status500InternalServerError);
        }
    }
}
