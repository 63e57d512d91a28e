namespace RandomNumbers.Tests;

/// <summary>Waits for what has no event of its own, such as the end of a process that is nobody's child.</summary>
public static class Deadline
{
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task WaitUntilAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(Generous);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, deadline.Token);
        }
    }
}
