namespace Turbulence.Load.Outcomes;

/// <summary>Tells several of each request, in their order.</summary>
/// <param name="all">Who is told.</param>
internal sealed class LoadSinks(params IReadOnlyList<ILoadSink> all) : ILoadSink
{
    /// <inheritdoc/>
    public void Add(in LoadSample sample)
    {
        for (var i = 0; i < all.Count; i++)
        {
            all[i].Add(sample);
        }
    }
}
