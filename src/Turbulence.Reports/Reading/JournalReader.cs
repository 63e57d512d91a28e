using System.Text.Json;
using Turbulence.Reports.Runs;

namespace Turbulence.Reports.Reading;

/// <summary>
/// Reads a journal of a run, ours or the reference runner's, once from its front to its end:
/// <code>
///   file ─▶ JournalFeed ─ value by value ─▶ EntryReader, SectionReader, TimelineReader ─▶ JournalContent ─▶ RunAssembly ─▶ ReportedRun
/// </code>
/// </summary>
public static class JournalReader
{
    // A run that goes on writes a large journal into the file that was shown before the last, which somebody may still be reading.
    private const int MostAttempts = 5;

    /// <summary>Reads a journal, also of a run that goes on.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The run that it tells of, or why it cannot be read.</returns>
    public static JournalReading Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path.Length == 0)
        {
            return JournalReading.Of(path, "it has no name");
        }

        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (Directory.Exists(path))
                {
                    return JournalReading.Of(path, "it is a folder");
                }

                var before = File.GetLastWriteTimeUtc(path);
                var reading = ReadOnce(path);
                if (reading.IsRead || attempt == MostAttempts || File.GetLastWriteTimeUtc(path) == before)
                {
                    return reading;
                }
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return JournalReading.Of(path, failure is FileNotFoundException or DirectoryNotFoundException ? "it is not there" : failure.Message);
        }
    }

    /// <summary>Reads a journal.</summary>
    /// <param name="source">Its text, in UTF-8; not disposed of.</param>
    /// <param name="name">What it is called.</param>
    /// <returns>The run that it tells of, or why it cannot be read.</returns>
    /// <exception cref="IOException">The source cannot be read.</exception>
    public static JournalReading Read(Stream source, string name)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(name);
        var pool = new TextPool();
        var content = new JournalContent(pool) { Run = new ReportedRun(name) };
        var feed = new JournalFeed(source);
        try
        {
            if (feed.IsEmpty)
            {
                return JournalReading.Of(name, "it is empty");
            }

            if (!feed.EnterObject())
            {
                return JournalReading.Of(name, "it holds no JSON object, as a journal does");
            }

            ReadRoot(feed, content, new EntryReader(pool), pool);
            feed.End();
        }
        catch (JsonException mistake)
        {
            return JournalReading.Of(name, Problem(mistake));
        }

        return content.HasRun
            ? JournalReading.Of(RunAssembly.Of(content))
            : JournalReading.Of(name, content.HasMethod
                ? "it is an experiment and no journal: 'chaos run' writes one"
                : "it is no journal: it has neither 'steady_states' nor 'run' nor 'turbulence'");
    }

    private static JournalReading ReadOnce(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return Read(file, path);
    }

    private static string Problem(JsonException mistake) => mistake.LineNumber is { } line
        ? $"not JSON: line {line + 1}, byte {mistake.BytePositionInLine + 1}"
        : $"not JSON: {mistake.Message}";

    private static void ReadRoot(JournalFeed feed, JournalContent content, EntryReader entries, TextPool pool)
    {
        while (feed.NextKey() is { } key)
        {
            switch (key)
            {
                case "experiment":
                    ExperimentReader.Read(content, feed.Value());
                    break;
                case "steady_states":
                    ReadStates(feed, content, entries);
                    break;
                case "run":
                    ReadEntries(feed, content, content.Method, entries);
                    break;
                case "rollbacks":
                    ReadEntries(feed, content, content.Rollbacks, entries);
                    break;
                case "turbulence":
                    new SectionReader(content, entries, pool).Read(feed);
                    break;
                case "start" or "end" or "status" or "deviated" or "duration" or "node" or "platform" or "chaoslib-version":
                    Take(content, key, feed.Value());
                    break;
                default:
                    content.HasMethod |= key == "method";
                    feed.Skip();
                    break;
            }
        }
    }

    private static void Take(JournalContent content, string key, ReadOnlySpan<byte> value)
    {
        var at = new Utf8JsonReader(value, new JsonReaderOptions { MaxDepth = JournalFeed.DeepestLevel });
        var run = content.Run;
        content.Run = key switch
        {
            "start" => run with { Started = at.Moment() },
            "end" => run with { Ended = at.Moment() },
            "status" => run with { Status = at.Text() },
            "deviated" => run with { Deviated = at.Truth() == true },
            "duration" => run with { Duration = at.Number() },

            // What our own key says of the machine and the program says more.
            "node" => run.Machine.Host is null ? run with { Machine = run.Machine with { Host = at.Text() } } : run,
            "platform" => run.Machine.Platform is null ? run with { Machine = run.Machine with { Platform = at.Text() } } : run,
            _ => run.Version is null ? run with { Version = at.Text() } : run,
        };
    }

    private static void ReadStates(JournalFeed feed, JournalContent content, EntryReader entries)
    {
        if (!feed.EnterObject())
        {
            return;
        }

        content.HasRun = true;
        while (feed.NextKey() is { } key)
        {
            switch (key)
            {
                case "before":
                    content.Before = ReadCheck(feed.Value(), entries);
                    break;
                case "after":
                    content.After = ReadCheck(feed.Value(), entries);
                    break;
                case "during" when feed.EnterArray():
                    content.During.Clear();
                    while (feed.TryElement(out var check))
                    {
                        content.During.Add(entries.ReadCheck(check));
                    }

                    break;
                case "during":
                    break;
                default:
                    feed.Skip();
                    break;
            }
        }
    }

    private static (bool? Met, List<JournalEntry> Probes)? ReadCheck(ReadOnlySpan<byte> value, EntryReader entries) =>
        value is [(byte)'{', ..] ? entries.ReadCheck(value) : null;

    private static void ReadEntries(JournalFeed feed, JournalContent content, List<JournalEntry> into, EntryReader entries)
    {
        if (!feed.EnterArray())
        {
            return;
        }

        content.HasRun = true;
        into.Clear();
        while (feed.TryElement(out var entry))
        {
            into.Add(entries.Read(entry));
        }
    }
}
