namespace Turbulence.Load.Outcomes;

/// <summary>Told of each request of a load.</summary>
public interface ILoadSink
{
    /// <summary>A request has ended. It is called on the thread that paces the load, and must not wait.</summary>
    void Add(in LoadSample sample);
}
