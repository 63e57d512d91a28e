namespace Turbulence.DotNetWorker.Values;

/// <summary>Why a value cannot be what is asked for. It never shows the value, which may be a secret.</summary>
/// <param name="Path">Where in the value, such as <c>[2]</c>; empty for all of it.</param>
/// <param name="Text">What it must be and what it is, to follow its name.</param>
internal sealed record Misfit(string Path, string Text)
{
    /// <summary>The same, seen from the list or map that the value is in.</summary>
    public Misfit In(string place) => this with { Path = place + Path };
}
