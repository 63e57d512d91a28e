using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>What stands in a journal, part by part, before it is put together.</summary>
/// <param name="pool">Keeps the texts.</param>
internal sealed class JournalContent(TextPool pool)
{
    /// <summary>What was read so far of the run itself.</summary>
    public ReportedRun Run { get; set; } = new("");

    /// <summary>Whether a key of a journal was met, so that it is one.</summary>
    public bool HasRun { get; set; }

    /// <summary>Whether it has a method at its root: an experiment.</summary>
    public bool HasMethod { get; set; }

    /// <summary>Whether our own key is there.</summary>
    public bool HasSection { get; set; }

    /// <summary>Whether our own key says that the run has not ended.</summary>
    public bool IsRunning { get; set; }

    /// <summary>The verdict's word, in our own key.</summary>
    public string? VerdictWord { get; set; }

    /// <summary>The check before the method; null for none.</summary>
    public (bool? Met, List<JournalEntry> Probes)? Before { get; set; }

    /// <summary>The check after the method; null for none.</summary>
    public (bool? Met, List<JournalEntry> Probes)? After { get; set; }

    /// <summary>The check after the rollbacks; null for none.</summary>
    public (bool? Met, List<JournalEntry> Probes)? Closing { get; set; }

    /// <summary>The checks beside the method.</summary>
    public List<(bool? Met, List<JournalEntry> Probes)> During { get; } = [];

    /// <summary>The method's entries.</summary>
    public List<JournalEntry> Method { get; } = [];

    /// <summary>The rollbacks' entries.</summary>
    public List<JournalEntry> Rollbacks { get; } = [];

    /// <summary>The faults with the times of their steps.</summary>
    public List<(ReportedFault Fault, List<(string State, DateTimeOffset At)> Times)> Faults { get; } = [];

    /// <summary>The last states of the services.</summary>
    public List<(string Name, string State)> Services { get; } = [];

    /// <summary>What the users felt.</summary>
    public ReportedLoad? Users { get; set; }

    /// <summary>How many safeguards there were; null for none.</summary>
    public int? Safeguards { get; set; }

    /// <summary>How often they were checked.</summary>
    public int? SafeguardChecks { get; set; }

    /// <summary>The one that was missed first.</summary>
    public JournalEntry? SafeguardMissed { get; set; }

    /// <summary>Why the run was asked to stop.</summary>
    public string? Interruption { get; set; }

    /// <summary>The timeline.</summary>
    public TimelineReader Timeline { get; } = new(pool);
}
