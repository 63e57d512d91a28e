namespace Turbulence.Faults.Stress;

/// <summary>What a stress child takes of the machine. Disposing of it gives everything back.</summary>
internal interface IStressLoad : IDisposable
{
    /// <summary>Takes it.</summary>
    /// <returns>Why it could not be taken, in one line; null where it was.</returns>
    string? Start();

    /// <summary>Looks after it, several times a second.</summary>
    void Watch()
    {
    }
}
