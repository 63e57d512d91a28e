using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Lines;
using Turbulence.Cli.Terminal;
using Turbulence.Cli.Terminal.Live;
using Turbulence.Documents;
using Turbulence.Events;

namespace Turbulence.Cli.Verbs;

/// <summary>
/// Where a verb speaks: the console and the log file. Before and after a run the verb speaks itself; meanwhile the run does.
/// </summary>
internal sealed class Outputs : IDisposable
{
    private readonly Surroundings around;
    private readonly GlobalSettings settings;
    private readonly bool isLive;
    private readonly TextWriter lines;
    private readonly PlainConsole plain;
    private readonly PlainConsole complaints;
    private readonly LogFile? log;
    private readonly EventStream? stream;
    private LiveConsole? live;

    /// <summary>Opens the outputs; a log file that cannot be written is told, and left out.</summary>
    /// <param name="around">Where the command stands.</param>
    /// <param name="settings">What was asked for.</param>
    /// <param name="mayBeLive"> Whether the verb has something that is worth a live view: a run. Its lines are what was asked for, and go
    /// to the standard output; complaints about the command go to the standard error. The reference says everything there, and so does
    /// every other verb.
    /// </param>
    /// <param name="isStream">Whether the standard output is for the run's events, one line of JSON each, and nothing else. Default: no.
    /// </param>
    /// <param name="isQuiet">Whether nothing is said but warnings, errors and the verdict. Default: no.</param>
    public Outputs(Surroundings around, GlobalSettings settings, bool mayBeLive, bool isStream = false, bool isQuiet = false)
    {
        this.around = around;
        this.settings = settings;
        var isApart = mayBeLive && !isStream && settings.Compatibility == Compatibility.None;
        lines = isApart ? around.Lines : around.Error;
        isLive = mayBeLive && !isStream && !isQuiet && (isApart ? around.AreLinesOnTerminal : around.IsTerminal) && !settings.Json;
        var zone = around.Time.LocalTimeZone;
        ILineFormat format = settings.Json ? new JsonLineFormat(zone, Guid.NewGuid()) : new TextLineFormat(zone, origin: settings.Verbose);
        var least = settings.Verbose ? NoticeLevel.Debug : isLive || isQuiet ? NoticeLevel.Warning : NoticeLevel.Information;
        plain = new PlainConsole(lines, new EventText(format, least, isQuiet));
        complaints = isApart ? new PlainConsole(around.Error, new EventText(format, least)) : plain;
        stream = isStream ? new EventStream(around.Lines) : null;
        if (settings.LogFile is { } path)
        {
            log = LogFile.TryOpen(path, new EventText(new TextLineFormat(zone, origin: true), settings.LogFileLevel), out var failure);
            if (failure is not null)
            {
                Say(NoticeLevel.Warning, failure);
            }
        }
    }

    /// <summary>From now on a run speaks: on the live view where there is one.</summary>
    /// <returns>Who listens to the run.</returns>
    public IReadOnlyList<IRunObserver> BeginRun()
    {
        live = isLive ? LiveTerminal.Open(lines, settings.Verbose, around.Time) : null;
        IRunObserver console = live is null ? plain : live;
        return [.. new[] { stream, console, log }.OfType<IRunObserver>()];
    }

    /// <summary>The run has said its last word.</summary>
    /// <param name="closing">How the program ends; null where there was no run.</param>
    public void EndRun(RunClosing? closing = null)
    {
        if (closing is not null)
        {
            live?.Close(closing);
        }

        live?.Dispose();
        live = null;

        // What is not there was said when it failed. The reference says nothing of where its journal is.
        foreach (var file in settings.Compatibility == Compatibility.None ? closing?.Files ?? [] : [])
        {
            if (file.Problem is null)
            {
                Say(NoticeLevel.Information, file.Text);
            }
        }
    }

    /// <summary>Says one line everywhere.</summary>
    public void Say(NoticeLevel level, string text)
    {
        var notice = new Notice(around.Time.GetUtcNow(), level, text);
        Hand(live is not null ? live : level >= NoticeLevel.Warning ? complaints : plain, notice);
        Hand(log, notice);
    }

    /// <summary>
    /// Says what is wrong with an experiment: every problem and, of several, a count; in compatibility mode the first error alone, as the
    /// reference does.
    /// </summary>
    /// <param name="problems">The problems; not empty.</param>
    /// <param name="source">What the experiment is called.</param>
    /// <param name="compatibility">Whose way it is.</param>
    /// <param name="excerpt">Shows the place of each error to people; null for none.</param>
    public void Say(IReadOnlyCollection<Problem> problems, string source, Compatibility compatibility, SourceExcerpt? excerpt = null)
    {
        if (compatibility == Compatibility.ChaosToolkit)
        {
            SayAsReference(problems);
            return;
        }

        foreach (var problem in problems)
        {
            Print(Level(problem), ProblemText.Of(problem, source));
            Show(problem, excerpt);
        }

        // One mistake in the command line or in the notation is complete in its line.
        if (problems.Count > 1)
        {
            Print(NoticeLevel.Information, ProblemText.Count(problems));
        }
    }

    /// <summary>Writes what is wrong with an experiment into the log alone: somebody else says it.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="source">What the experiment is called.</param>
    public void Log(IEnumerable<Problem> problems, string source)
    {
        foreach (var problem in problems)
        {
            Hand(log, new Notice(around.Time.GetUtcNow(), Level(problem), ProblemText.Of(problem, source)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        EndRun();
        log?.Dispose();
    }

    // The reference stops at the first error, and says each of its warnings once.
    private void SayAsReference(IReadOnlyCollection<Problem> problems)
    {
        if (problems.FirstOrDefault(problem => problem.Severity == ProblemSeverity.Error) is { } first)
        {
            Say(NoticeLevel.Error, first.Message);
            return;
        }

        foreach (var message in problems.Select(problem => problem.Message).Distinct())
        {
            Say(NoticeLevel.Warning, message);
        }
    }

    private void Show(Problem problem, SourceExcerpt? excerpt)
    {
        if (excerpt is not null && problem.Severity == ProblemSeverity.Error && !settings.Json)
        {
            foreach (var line in excerpt.Of(problem))
            {
                around.Error.WriteLine(PrintableText.OneLine(line));
            }
        }
    }

    // Editors and people read places, not times: on the console a problem is a line in a form of its own.
    private void Print(NoticeLevel level, string text)
    {
        var notice = new Notice(around.Time.GetUtcNow(), level, text);
        if (settings.Json)
        {
            Hand(complaints, notice);
        }
        else
        {
            around.Error.WriteLine(text);
        }

        Hand(log, notice);
    }

    private static NoticeLevel Level(Problem problem) =>
        problem.Severity == ProblemSeverity.Error ? NoticeLevel.Error : NoticeLevel.Warning;

    private static void Hand(IRunObserver? output, Notice notice)
    {
        try
        {
            output?.On(notice);
        }
        catch (IOException)
        {
            // A pipe that nobody reads, a full disk: nothing was run yet, and the exit code still tells.
        }
    }
}
