using System.Diagnostics.CodeAnalysis;
using System.Text;
using Turbulence.Platform.Processes;
using Turbulence.Platform.Sockets;
using Turbulence.Values;

namespace Turbulence.Services;

/// <summary>A service that this run started.</summary>
internal sealed class SupervisedService
{
    private const int TailBytes = 4 * 1024;
    private const int TailLines = 10;

    private readonly ChildProcess process;
    private readonly IReadOnlyList<string> commandLine;
    private readonly string mark;
    private readonly string? run;
    private readonly AdjustableClock? clock;

    private SupervisedService(
        ServiceDefinition definition,
        ServiceLaunch launch,
        ChildProcess process,
        OutputLines lines,
        string outputFile,
        string mark,
        string? run,
        AdjustableClock? clock)
    {
        Definition = definition;
        Launch = launch;
        Lines = lines;
        this.run = run;
        this.mark = mark;
        this.clock = clock;
        this.process = process;
        commandLine = ProcessTable.SettledCommandLine(process.Id) ?? [];
        OutputFile = outputFile;
    }

    /// <summary>What it was started from.</summary>
    public ServiceDefinition Definition { get; }

    /// <summary>The file that gets what it prints.</summary>
    public string OutputFile { get; }

    /// <summary>The whole lines that this start of it has printed and that nobody has asked for yet.</summary>
    public OutputLines Lines { get; }

    /// <summary>How it was started, for what has to be started beside it.</summary>
    public ServiceLaunch Launch { get; }

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>Its process; null once that has ended.</summary>
    public ProcessIdentity? Process => process.HasEnded ? null : process.Identity;

    /// <summary>Whether it is there: its process, one that this has left behind, or one that took its place.</summary>
    public bool Lives => !process.HasEnded || Others().Any();

    /// <summary>How its process ended, in words; null while it runs.</summary>
    public async Task<string?> EndingAsync()
    {
        if (!process.HasEnded)
        {
            return null;
        }

        await Task.WhenAny(process.Exited);
        return process.Exited.IsCompletedSuccessfully ? $"it {process.Exited.Result.AsVerb()}" : "it has ended";
    }

    /// <summary>Starts a service, in a session of its own.</summary>
    /// <param name="definition">What to start.</param>
    /// <param name="baseDirectory">The experiment's folder, where relative paths begin.</param>
    /// <param name="environment">What it starts with.</param>
    /// <param name="service">The service; it need not be ready yet.</param>
    /// <param name="problem">Why there is none, in one line.</param>
    public static bool TryStart(
        ServiceDefinition definition,
        string baseDirectory,
        RunEnvironment environment,
        [NotNullWhen(true)] out SupervisedService? service,
        [NotNullWhen(false)] out string? problem)
    {
        service = null;
        var mark = Guid.NewGuid().ToString("n");
        var launch = new ServiceLaunch(definition, baseDirectory, environment, mark);
        if (!launch.TryMake(definition.Run, out var options, out problem))
        {
            return false;
        }

        var output = Path.GetFullPath(Path.Combine(launch.Directory, definition.Output));
        OutputLines lines;
        try
        {
            using var file = File.Create(output);
            lines = new OutputLines(output, file.CanSeek ? file.Length : 0);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"its output file can not be written: {failure.Message}";
            return false;
        }

        AdjustableClock? clock = null;
        if (definition.HasAdjustableClock)
        {
            (clock, problem) = AdjustableClock.Make(environment);
            if (clock is null)
            {
                problem ??= "";
                return false;
            }

            options = options with { Environment = clock.Over(options.Environment ?? new Dictionary<string, string>()) };
        }

        options = options with { StandardOutput = ChildOutput.AppendTo(output), StandardError = ChildOutput.AppendTo(output) };
        if (!ChildProcess.TryStart(options, out var process, out var start))
        {
            clock?.Remove();
            problem = start.Message;
            return false;
        }

        service = new SupervisedService(definition, launch, process, lines, output, mark, environment.Mark, clock);
        problem = null;
        return true;
    }

    /// <summary>Waits until the service answers.</summary>
    /// <returns>Null when it does; otherwise why it does not, with the tail of its output.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<string?> WaitUntilReadyAsync(ServiceReadiness readiness, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Definition.Ready is not { } condition)
        {
            return Lives ? null : $"{await EndingAsync()}{Tail()}";
        }

        var answer = condition.NoAnswer;
        using var limit = new ReadinessLimit(Definition.ReadyTimeout, time, cancellationToken);
        var ready = readiness.WaitAsync(condition, this, last => answer = last, limit.Token);
        await Task.WhenAny(ready, process.Exited);
        if (!ready.IsCompleted)
        {
            await limit.CancelAsync();
        }

        try
        {
            await ready;

            // What is ready in its place, while it is dead itself, is somebody else.
            return Lives ? null : $"{await EndingAsync()}{Tail()}";
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return await EndingAsync() is { } ending
                ? $"{ending}{Tail()}"
                : $"{condition.Lack} after {Definition.ReadyTimeout.TotalSeconds} s: {answer}{Tail()}";
        }
    }

    /// <summary>
    /// Ends the service and makes sure that it is gone: the process that was started, and one that a rollback, or the undo of a fault, put
    /// in its place.
    /// </summary>
    /// <returns>Null when it is gone; otherwise what is left.</returns>
    public async Task<string?> StopAsync(TimeProvider time)
    {
        await process.TerminateGroupAsync(Definition.StopTimeout, time);
        await process.DisposeAsync();
        var end = new ProcessEnd(Definition.StopTimeout, time);
        string? left = null;
        foreach (var other in Others().ToList())
        {
            left = await end.EndAsync(other.Identity) ?? left;
        }

        clock?.Remove();
        if (Definition.LocalPort is not { } port)
        {
            return left;
        }

        foreach (var holder in ListeningProcess.Find(port))
        {
            if (!RunMark.IsOf(holder.Id, run))
            {
                return $"process {holder.Id} ({holder.Name}) listens on its port {port} and was not started by this run; stop it by hand if it is not wanted";
            }

            left = await end.EndAsync(holder.Identity) ?? left;
        }

        return left
            ?? (ListeningProcess.Find(port) is [var still, ..] ? $"process {still.Id} ({still.Name}) still listens on port {port}" : null);
    }

    // What it left behind outside of its group, and what took its place: that has its command line and comes from this run.
    private IEnumerable<ProcessStatus> Others() => ProcessTable.List().Where(other => other.IsAlive && other.Id != process.Id
        && (RunMark.IsOfService(other.Id, mark)
            || (commandLine.Count > 0
                && (ProcessTable.CommandLine(other.Id) ?? []).SequenceEqual(commandLine)
                && RunMark.IsOf(other.Id, run))));

    private string Tail()
    {
        try
        {
            using var file = new FileStream(OutputFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var isCut = file.Length > TailBytes;
            file.Seek(-Math.Min(TailBytes, file.Length), SeekOrigin.End);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var lines = reader.ReadToEnd().TrimEnd().Split('\n');

            // Only whole lines: half of one may be half of a secret, which no mask would find.
            if (isCut && (lines = lines[1..]) is [])
            {
                return $"; its last line, in {OutputFile}, is longer than {TailBytes} bytes";
            }

            return lines is [""]
                ? "; it printed nothing"
                : $"; the last lines of {OutputFile}:\n{string.Join('\n', lines.TakeLast(TailLines))}";
        }
        catch (IOException failure)
        {
            return $"; its output can not be read: {failure.Message}";
        }
    }
}
