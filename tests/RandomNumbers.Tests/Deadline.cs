namespace RandomNumbers.Tests;

/// <summary>How long what a test waits for may take.</summary>
public static class Deadline
{
    public static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    public static CancellationToken Token => TestContext.Current.CancellationToken;
}
