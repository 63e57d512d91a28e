namespace Turbulence.Resident.Contracts;

/// <summary>A fault within this process. It is begun once and ended once, by the thread of its door.</summary>
internal interface IInnerFault
{
    /// <summary>Puts it in. What it throws is the reason why it is not in.</summary>
    void Begin();

    /// <summary>Says what is seen of it.</summary>
    Sight Look();

    /// <summary>Takes it out: whoever waits because of it goes on at once, and no listener stays.</summary>
    void End();
}
