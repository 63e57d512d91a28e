using System.Text.Json;
using Turbulence.Platform.Files;
using Turbulence.Reports.Reading;

namespace Turbulence.Live.Feeds;

/// <summary>
/// Puts the timeline of a journal into a feed while another process writes it. A small journal is written anew at each event, a large one
/// every eight seconds at least; what is seen here is as old.
/// </summary>
/// <param name="path">The journal.</param>
/// <param name="run">The run's id: what an earlier run has left at that path is not shown. Null for whichever run stands there first.</param>
/// <param name="feed">The feed.</param>
/// <param name="time">The clock.</param>
internal sealed class JournalFollower(string path, string? run, RunFeed feed, TimeProvider time)
{
    // Looking costs next to nothing, and reading a tenth of the time at most.
    private const int ShareOfTime = 10;
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private (long Length, DateTime Written) seen;
    private string title = "";
    private byte[]? firstLine;
    private int known;
    private bool isOver;

    /// <summary>Whether the run was asked to stop.</summary>
    public bool IsHalting { get; private set; }

    /// <summary>Follows it until the run's end stands in it, or the run is over without.</summary>
    /// <param name="isGone">Whether nobody writes it any more.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether the run's end stands in the journal.</returns>
    public async Task<bool> FollowAsync(Func<bool> isGone, CancellationToken cancellation)
    {
        while (!isOver)
        {
            // Asked first: what was written until then is read below.
            var wasGone = isGone();
            var began = time.GetTimestamp();
            Look();
            if (wasGone && !isOver)
            {
                return false;
            }

            var cost = time.GetElapsedTime(began) * ShareOfTime;
            if (!isOver)
            {
                await Task.Delay(cost > Pace ? cost : Pace, time, cancellation);
            }
        }

        return true;
    }

    private void Look()
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || (file.Length, file.LastWriteTimeUtc) == seen)
            {
                return;
            }

            // Who opens a pipe waits until somebody writes to it, and no signal ends that.
            if (FileStatus.Read(path, follow: true) is { Type: not FileNodeType.File })
            {
                return;
            }

            var now = (file.Length, file.LastWriteTimeUtc);
            using var source = new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            Read(new JournalFeed(source));
            seen = now;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException)
        {
            // It is being written, or will be; who is gone leaves one that can be read.
        }
    }

    private void Read(JournalFeed journal)
    {
        if (journal.IsEmpty || !journal.EnterObject())
        {
            return;
        }

        while (journal.NextKey() is { } key)
        {
            if (key == "experiment")
            {
                title = Member(journal.Value(), "title"u8) ?? "";
            }
            else if (key == "turbulence" && journal.EnterObject())
            {
                ReadOurs(journal);
            }
            else if (key != "turbulence")
            {
                journal.Skip();
            }
        }
    }

    private void ReadOurs(JournalFeed journal)
    {
        while (journal.NextKey() is { } key)
        {
            if (key == "timeline" && journal.EnterArray())
            {
                Take(journal);
            }
            else if (key != "timeline")
            {
                journal.Skip();
            }
        }
    }

    // Lines are only ever added, and what was added once is there each time after.
    private void Take(JournalFeed journal)
    {
        var isRuns = false;
        for (var number = 0; journal.TryElement(out var line); number++)
        {
            isRuns = number == 0 ? IsRuns(line) : isRuns;
            if (!isRuns || number < known)
            {
                continue;
            }

            known = number + 1;
            feed.Add(FeedLine.Of(line));
            var happened = Member(line, "event"u8);
            isOver |= happened == "run-ended";
            IsHalting |= happened == "run-interrupted";
        }
    }

    private bool IsRuns(ReadOnlySpan<byte> line)
    {
        if (firstLine is null && (run is null || Member(line, "run"u8) == run))
        {
            firstLine = line.ToArray();
            feed.Add(FeedHead.Line(title));
        }

        return firstLine is not null && line.SequenceEqual(firstLine);
    }

    private static string? Member(ReadOnlySpan<byte> value, ReadOnlySpan<byte> name)
    {
        if (value is [(byte)'{', ..])
        {
            var reader = JournalFeed.Read(value);
            while (reader.NextMember())
            {
                if (reader.IsKey(name))
                {
                    return reader.Text();
                }

                reader.Skip();
            }
        }

        return null;
    }
}
