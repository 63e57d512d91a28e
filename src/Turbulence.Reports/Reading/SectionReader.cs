using System.Text.Json;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>Reads the journal's key that is ours, <c>turbulence</c>.</summary>
/// <param name="content">Takes what is read.</param>
/// <param name="entries">Reads activities.</param>
/// <param name="pool">Keeps the texts.</param>
internal sealed class SectionReader(JournalContent content, EntryReader entries, TextPool pool)
{
    private readonly FaultReader faults = new(pool);

    /// <summary>Reads it.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public void Read(JournalFeed feed)
    {
        content.HasSection = content.HasRun = feed.EnterObject();
        while (content.HasSection && feed.NextKey() is { } key)
        {
            if (key == "timeline")
            {
                ReadTimeline(feed);
            }
            else if (key == "faults")
            {
                ReadFaults(feed);
            }
            else
            {
                Take(key, feed.Value());
            }
        }
    }

    private void ReadTimeline(JournalFeed feed)
    {
        if (feed.EnterArray())
        {
            while (feed.TryElement(out var line))
            {
                content.Timeline.Take(line);
            }
        }
    }

    private void ReadFaults(JournalFeed feed)
    {
        if (feed.EnterArray())
        {
            while (feed.TryElement(out var entry))
            {
                if (faults.Read(entry) is { } fault)
                {
                    content.Faults.Add(fault);
                }
            }
        }
    }

    private void Take(string key, ReadOnlySpan<byte> value)
    {
        // The value stands behind a key that is not there any more.
        var at = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = JournalFeed.DeepestLevel });
        var run = content.Run;
        switch (key)
        {
            case "version":
                content.Run = run with { Version = at.Text() };
                break;
            case "run":
                content.Run = run with { RunId = at.Text() };
                break;
            case "source":
                content.Run = run with { Source = at.Text() };
                break;
            case "seed":
                content.Run = run with { Seed = at.Whole().Small() };
                break;
            case "machine":
                content.Run = run with { Machine = ReadMachine(ref at) };
                break;
            case "state":
                content.IsRunning = at.Text() == "running";
                break;
            case "compatibility":
                content.Run = run with { Compatibility = at.Text() };
                break;
            case "rollback_strategy":
                content.Run = run with { RollbackStrategy = at.Text() };
                break;
            case "hypothesis_strategy":
                content.Run = run with { HypothesisStrategy = at.Text() };
                break;
            case "services":
                ReadServices(ref at);
                break;
            case "users":
                content.Users = LoadReader.Read(value, LoadReader.Users, pool);
                break;
            case "safeguards":
                ReadSafeguards(ref at, value);
                break;
            case "interruption":
                content.Interruption = at.Text();
                break;
            case "rollbacks":
                content.Run = ReadRollbacks(run, ref at);
                break;
            case "after_rollbacks":
                content.Closing = entries.ReadCheck(value);
                break;
            case "verdict":
                content.VerdictWord = at.Text();
                break;
            case "exit_code":
                content.Run = run with { ExitCode = at.Whole().Small() };
                break;
            case "reasons":
                content.Run = run with { Reasons = at.Texts() };
                break;
            case "notes":
                content.Run = run with { Notes = at.Texts() };
                break;
            case "guardian":
                content.Run = run with { Guardian = ReadGuardian(ref at) };
                break;
        }
    }

    private static ReportedMachine ReadMachine(ref Utf8JsonReader reader)
    {
        var machine = new ReportedMachine(null, null, null, null);
        if (!reader.IsObject())
        {
            return machine;
        }

        while (reader.NextMember())
        {
            switch (reader.AnyText())
            {
                case "host":
                    machine = machine with { Host = reader.Text() };
                    break;
                case "platform":
                    machine = machine with { Platform = reader.Text() };
                    break;
                case "processors":
                    machine = machine with { Processors = reader.Whole().Small() };
                    break;
                case "runtime":
                    machine = machine with { Runtime = reader.Text() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return machine;
    }

    private void ReadServices(ref Utf8JsonReader reader)
    {
        if (reader.IsObject())
        {
            while (reader.NextMember())
            {
                var name = reader.AnyText();
                content.Services.Add((name, pool.Text(ref reader) ?? ""));
            }
        }
    }

    private void ReadSafeguards(ref Utf8JsonReader reader, ReadOnlySpan<byte> value)
    {
        if (!reader.IsObject())
        {
            return;
        }

        content.Safeguards = 0;
        while (reader.NextMember())
        {
            switch (reader.AnyText())
            {
                case "count":
                    content.Safeguards = reader.Whole().Small() ?? 0;
                    break;
                case "checks":
                    content.SafeguardChecks = reader.Whole().Small();
                    break;
                case "missed":
                    var missed = reader.Raw(value);
                    content.SafeguardMissed = missed is [(byte)'{', ..] ? entries.Read(missed) : null;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }
    }

    private static ReportedRun ReadRollbacks(ReportedRun run, ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return run;
        }

        while (reader.NextMember())
        {
            switch (reader.AnyText())
            {
                case "played":
                    run = run with { RollbacksPlayed = reader.Truth() };
                    break;
                case "reason":
                    run = run with { RollbacksReason = reader.Text() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return run;
    }

    private static ReportedGuardian? ReadGuardian(ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return null;
        }

        var guardian = new ReportedGuardian(null, "", false, []);
        while (reader.NextMember())
        {
            switch (reader.AnyText())
            {
                case "at":
                    guardian = guardian with { At = reader.Moment() };
                    break;
                case "reason":
                    guardian = guardian with { Reason = reader.Text() ?? "" };
                    break;
                case "confirmed":
                    guardian = guardian with { Confirmed = reader.Truth() == true };
                    break;
                case "complaints":
                    guardian = guardian with { Complaints = reader.Texts() };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return guardian;
    }
}
