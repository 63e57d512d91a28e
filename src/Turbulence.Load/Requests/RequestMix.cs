namespace Turbulence.Load.Requests;

/// <summary>The requests of a load, of which each is as likely as its weight.</summary>
internal sealed class RequestMix
{
    private readonly double[] sums;

    public RequestMix(IReadOnlyList<LoadRequest> all)
    {
        sums = new double[all.Count];
        var sum = 0.0;
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = sum += all[i].Weight;
        }
    }

    /// <summary>The place of the next one.</summary>
    public int Next(Random random)
    {
        if (sums.Length == 1)
        {
            return 0;
        }

        var place = random.NextDouble() * sums[^1];
        var next = 0;
        while (next < sums.Length - 1 && place >= sums[next])
        {
            next++;
        }

        return next;
    }
}
