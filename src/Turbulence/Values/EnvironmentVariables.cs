using System.Diagnostics.CodeAnalysis;

namespace Turbulence.Values;

/// <summary>
/// The environment that an experiment sees: that of the process, with the entries of variable files laid over it. The
/// environment of the process itself is never changed; what starts a process hands <see cref="Overlay"/> on. Immutable.
/// </summary>
public sealed class EnvironmentVariables
{
    private readonly Func<string, string?> beneath;

    private EnvironmentVariables(Func<string, string?> beneath, IReadOnlyDictionary<string, string> overlay)
    {
        this.beneath = beneath;
        Overlay = overlay;
    }

    /// <summary>An environment of its own that holds just <paramref name="variables"/>.</summary>
    public EnvironmentVariables(IReadOnlyDictionary<string, string> variables)
        : this(name => variables.GetValueOrDefault(name), new Dictionary<string, string>())
    {
    }

    /// <summary>The environment of this process, read at each look-up.</summary>
    public static EnvironmentVariables OfProcess { get; } = new(Environment.GetEnvironmentVariable, new Dictionary<string, string>());

    /// <summary>What lies over the environment beneath: the variables to add to, or replace in, that of a started process.</summary>
    public IReadOnlyDictionary<string, string> Overlay { get; }

    /// <summary>The same environment with <paramref name="entries"/> laid over it; of a name that comes twice the last wins.</summary>
    public EnvironmentVariables With(IEnumerable<KeyValuePair<string, string>> entries)
    {
        var overlay = new Dictionary<string, string>(Overlay);
        foreach (var (name, value) in entries)
        {
            overlay[name] = value;
        }

        return new EnvironmentVariables(beneath, overlay);
    }

    /// <summary>Looks a variable up. One that is set to the empty text exists.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out string? value)
    {
        if (!Overlay.TryGetValue(name, out value))
        {
            value = beneath(name);
        }

        return value is not null;
    }
}
