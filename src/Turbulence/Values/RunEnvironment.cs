using Turbulence.Platform.Processes;

namespace Turbulence.Values;

/// <summary>
/// What the processes of a run start with: the environment and the folder that the run was given, over the first what its variable files
/// say, and over that what the code of activities and controls has set meanwhile. In the reference that is one process, so what a Python
/// activity sets is seen by every later program. Our own process is never changed, so that several runs go on in it side by side.
/// Thread-safe.
/// </summary>
public sealed class RunEnvironment
{
    /// <summary>The variable that marks every process of a run.</summary>
    public const string MarkVariable = "TURBULENCE_RUN";

    private const string Ours = "TURBULENCE_";

    private readonly Lock gate = new();
    private readonly IReadOnlyDictionary<string, string>? inherited;
    private readonly Dictionary<string, string?> changes = [];
    private ProcessEnvironment? whole;

    /// <summary>Makes the environment.</summary>
    /// <param name="inherited">What it begins with; null for that of this process, as it is whenever a process starts.</param>
    /// <param name="folder">Where relative paths begin and processes start, absolute; null for the current folder of this process.</param>
    /// <param name="mark">What marks the processes of the run, so that one that has left its parent is recognised; null for no
    /// mark.</param>
    public RunEnvironment(IReadOnlyDictionary<string, string>? inherited = null, string? folder = null, string? mark = null)
    {
        this.inherited = inherited;
        Folder = folder;
        Mark = mark;
        if (mark is not null)
        {
            changes[MarkVariable] = mark;
        }
    }

    /// <summary>Where relative paths begin and processes start; null for the current folder of this process.</summary>
    public string? Folder { get; }

    /// <summary>
    /// Where the files of the adjustable clocks of services are, the run's alone; null where there can be none. Default: null.
    /// </summary>
    public string? ClockFolder { get; init; }

    /// <summary>What marks the processes of the run; null where nothing does.</summary>
    public string? Mark { get; }

    /// <summary>
    /// What a process of the run is called until it executes its program, and so has the mark in its environment; null where nothing marks
    /// it.
    /// </summary>
    public string? NameBeforeExec => NameOf(Mark);

    /// <summary>
    /// What a process of the run that <paramref name="mark"/> marks is called until it executes its program; null for no mark.
    /// </summary>
    public static string? NameOf(string? mark) => mark is null ? null : $"run {mark[..Math.Min(mark.Length, 11)]}";

    /// <summary>A path, made absolute from <see cref="Folder"/>.</summary>
    public string FullPath(string path) => Folder is null ? Path.GetFullPath(path) : Path.GetFullPath(path, Folder);

    /// <summary>The value of a variable as the next process will see it; null where it has none.</summary>
    public string? Find(string name)
    {
        lock (gate)
        {
            if (changes.TryGetValue(name, out var changed))
            {
                return changed;
            }
        }

        return inherited is null ? Environment.GetEnvironmentVariable(name) : inherited.GetValueOrDefault(name);
    }

    /// <summary>
    /// Code has set variables, or removed those that come with null. What is named <c>TURBULENCE_…</c> is ours and stays as it is.
    /// </summary>
    public void Change(IEnumerable<KeyValuePair<string, string?>> changed)
    {
        lock (gate)
        {
            foreach (var (name, value) in changed)
            {
                if (IsVariable(name, value) && !name.StartsWith(Ours, StringComparison.Ordinal))
                {
                    changes[name] = value;
                    whole = null;
                }
            }
        }
    }

    /// <summary>The run was given variables, by a file of them: they stand as if it had been started with them.</summary>
    public void Give(IEnumerable<KeyValuePair<string, string>> given)
    {
        lock (gate)
        {
            foreach (var (name, value) in given)
            {
                if (IsVariable(name, value) && name != MarkVariable)
                {
                    changes[name] = value;
                    whole = null;
                }
            }
        }
    }

    /// <summary>
    /// The whole of it with <paramref name="more"/> laid over; null, for an inherited one, where nothing differs from that of this process.
    /// Without more it is the same until it changes, so that what the system is given is made of it once.
    /// </summary>
    /// <param name="more">Further variables; one that is null is removed.</param>
    public IReadOnlyDictionary<string, string>? With(IEnumerable<KeyValuePair<string, string?>> more)
    {
        List<KeyValuePair<string, string?>> over = [.. more];
        lock (gate)
        {
            if (over.Count == 0 && inherited is not null)
            {
                return whole ??= new ProcessEnvironment(Over(inherited, changes));
            }

            over = [.. changes, .. over];
        }

        return over.Count == 0 && inherited is null ? null : Over(inherited ?? ProcessEnvironment.OfProcess, over);
    }

    private static Dictionary<string, string> Over(
        IReadOnlyDictionary<string, string> beneath, IEnumerable<KeyValuePair<string, string?>> over)
    {
        var all = new Dictionary<string, string>(beneath);
        foreach (var (name, value) in over)
        {
            if (value is null)
            {
                all.Remove(name);
            }
            else
            {
                all[name] = value;
            }
        }

        return all;
    }

    private static bool IsVariable(string name, string? value) =>
        name.Length > 0 && !name.Contains('=', StringComparison.Ordinal) && !name.Contains('\0', StringComparison.Ordinal)
        && value?.Contains('\0', StringComparison.Ordinal) != true;
}
