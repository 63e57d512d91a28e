namespace Turbulence.Faults.Ledgers;

/// <summary>Where everything stands in the ledger's folder.</summary>
internal sealed class LedgerLayout(string root)
{
    private const string Ending = ".json";
    private const string LostEnding = ".lost";

    /// <summary>The folder itself.</summary>
    public string Root { get; } = root;

    /// <summary>One file for each fault.</summary>
    public string Faults { get; } = Path.Combine(root, "faults");

    /// <summary>One file for each run, and the marks of those that lost their faults.</summary>
    public string Runs { get; } = Path.Combine(root, "runs");

    /// <summary>The files that are locked; they hold nothing.</summary>
    public string Locks { get; } = Path.Combine(root, "locks");

    /// <summary>One folder for each run that has services with a clock of their own, named for its mark.</summary>
    public string Clocks { get; } = Path.Combine(root, "clocks");

    /// <summary>Locked by whoever puts a new fault in.</summary>
    public string ReservationLock => Path.Combine(Locks, "reservation");

    /// <summary>The mark that stops every run.</summary>
    public string Halt => Path.Combine(Root, "halt");

    /// <summary>The file of a fault.</summary>
    public string Fault(string id) => Path.Combine(Faults, id + Ending);

    /// <summary>The file of a run.</summary>
    public string Run(string id) => Path.Combine(Runs, id + Ending);

    /// <summary>The mark of a run that lost its faults.</summary>
    public string Lost(string run) => Path.Combine(Runs, run + LostEnding);

    /// <summary>Locked by whoever works on a fault.</summary>
    public string LockOf(string fault) => Path.Combine(Locks, fault);

    /// <summary>Whether a name in <see cref="Faults"/> or <see cref="Runs"/> is that of a record, and of which id.</summary>
    public static bool IsRecord(string name, out string id)
    {
        id = name.EndsWith(Ending, StringComparison.Ordinal) ? name[..^Ending.Length] : "";
        return IsId(id);
    }

    /// <summary>Whether a name in <see cref="Runs"/> is that of a mark.</summary>
    public static bool IsLostMark(string name) => name.EndsWith(LostEnding, StringComparison.Ordinal) && IsId(name[..^LostEnding.Length]);

    /// <summary>Whether a text can be an id; nothing else may become part of a path.</summary>
    public static bool IsId(string text) => text.Length is > 0 and <= 64 && text.All(char.IsAsciiLetterOrDigit);
}
