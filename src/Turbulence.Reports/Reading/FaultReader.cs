using System.Text.Json;
using Turbulence.Events;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>Reads the entries of <c>turbulence.faults</c>.</summary>
/// <param name="pool">Keeps the texts.</param>
internal sealed class FaultReader(TextPool pool)
{
    /// <summary>Reads an entry and when it came to which step, by the wall clock; null where it is none.</summary>
    public (ReportedFault Fault, List<(string State, DateTimeOffset At)> Times)? Read(ReadOnlySpan<byte> text)
    {
        var reader = JournalFeed.Read(text);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var fault = new ReportedFault("", "", "");
        List<(string, DateTimeOffset)> times = [];
        while (reader.NextMember())
        {
            switch (reader.AnyText())
            {
                case "id":
                    fault = fault with { Id = pool.Text(ref reader) ?? "" };
                    break;
                case "kind":
                    fault = fault with { Kind = pool.Text(ref reader) ?? "" };
                    break;
                case "activity":
                    fault = fault with { Activity = pool.Text(ref reader) ?? "" };
                    break;
                case "state":
                    fault = fault with { State = pool.Text(ref reader) ?? "" };
                    break;
                case "targets":
                    fault = fault with { Targets = reader.Texts() };
                    break;
                case "undo":
                    fault = fault with { Undo = reader.Text() };
                    break;
                case "irreversible":
                    fault = fault with { IsIrreversible = reader.Truth() == true };
                    break;
                case "effect":
                    fault = fault with { Effect = ReadEvidence(ref reader) };
                    break;
                case "confirmation":
                    fault = fault with { Confirmation = ReadEvidence(ref reader) };
                    break;
                case "by":
                    fault = fault with { RevertedBy = reader.Text() };
                    break;
                case "lost":
                    fault = fault with { Lost = reader.Text() };
                    break;
                case "over_unseen":
                    fault = fault with { WasOverUnseen = reader.Truth() == true };
                    break;
                case "problem":
                    fault = fault with { Problem = reader.Text() };
                    break;
                case "due":
                    fault = fault with { Due = reader.Moment() };
                    break;
                case "times":
                    ReadTimes(ref reader, times);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (fault, times);
    }

    private static Evidence? ReadEvidence(ref Utf8JsonReader reader)
    {
        if (!reader.IsObject())
        {
            return null;
        }

        var evidence = new Evidence(false, "");
        while (reader.NextMember())
        {
            switch (reader.AnyText())
            {
                case "seen":
                    evidence = evidence with { Seen = reader.Truth() == true };
                    break;
                case "text":
                    evidence = evidence with { Text = reader.Text() ?? "" };
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return evidence;
    }

    private void ReadTimes(ref Utf8JsonReader reader, List<(string State, DateTimeOffset At)> times)
    {
        if (!reader.IsObject())
        {
            return;
        }

        while (reader.NextMember())
        {
            var state = pool.One(reader.AnyText());
            if (reader.Moment() is { } at)
            {
                times.Add((state, at));
            }
        }
    }
}
