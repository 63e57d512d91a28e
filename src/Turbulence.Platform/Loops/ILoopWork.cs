namespace Turbulence.Platform.Loops;

/// <summary>Work that gave way to others, and goes on in the loop's next turn.</summary>
internal interface ILoopWork
{
    /// <summary>Goes on.</summary>
    void Continue();
}
