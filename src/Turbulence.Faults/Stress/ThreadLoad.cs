namespace Turbulence.Faults.Stress;

/// <summary>Holds many threads that do nothing.</summary>
internal sealed class ThreadLoad(int count) : IStressLoad
{
    private const int SmallStack = 128 << 10;
    private readonly ManualResetEventSlim over = new();

    public string? Start()
    {
        for (var started = 0; started < count; started++)
        {
            try
            {
                new Thread(over.Wait, SmallStack) { IsBackground = true }.Start();
            }
            catch (Exception failure) when (failure is OutOfMemoryException or ThreadStartException)
            {
                return $"only {started} of {count} threads could be started: {failure.Message}";
            }
        }

        return null;
    }

    public void Dispose() => over.Set();
}
