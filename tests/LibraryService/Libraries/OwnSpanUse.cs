using System.Diagnostics;

namespace LibraryService.Libraries;

/// <summary>
/// A span of the service's own, as its authors start one around what they do, and go on in the same method when that fails.
/// </summary>
internal sealed class OwnSpanUse : ILibraryUse
{
    /// <summary>The activity source.</summary>
    public const string Source = "LibraryService.Orders";

    private static readonly ActivitySource Orders = new(Source);

    public string Name => "own";

    public async Task<string> UseAsync(CancellationToken cancelling)
    {
        var before = Activity.Current;
        try
        {
            using var span = Orders.StartActivity("place order", ActivityKind.Internal, parentContext: default, [new("order.kind", "word")]);
            await Task.Yield();
            return Name;
        }
        catch (Exception failed) when (Activity.Current != before)
        {
            throw new InvalidOperationException($"A span was left behind: {Activity.Current?.OperationName}", failed);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
