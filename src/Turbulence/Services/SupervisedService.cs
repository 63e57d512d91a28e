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

    private SupervisedService(ServiceDefinition definition, ChildProcess process, string outputFile, string mark, string? run)
    {
        Definition = definition;
        this.run = run;
        this.mark = mark;
        this.process = process;
        commandLine = ProcessTable.SettledCommandLine(process.Id) ?? [];
        OutputFile = outputFile;
    }

    /// <summary>What it was started from.</summary>
    public ServiceDefinition Definition { get; }

    /// <summary>The file that gets what it prints.</summary>
    public string OutputFile { get; }

    /// <summary>Its process id.</summary>
    public int Id => process.Id;

    /// <summary>Its process; null once that has ended.</summary>
    public ProcessIdentity? Process => process.Exited.IsCompleted ? null : process.Identity;

    /// <summary>Whether it is there: its process, one that this has left behind, or one that took its place.</summary>
    public bool Lives => !process.Exited.IsCompleted || Others().Any();

    /// <summary>How its process ended, in words; null while it runs.</summary>
    public string? Ending => process.Exited.IsCompletedSuccessfully ? $"it {process.Exited.Result.AsVerb()}" : null;

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
        var directory = environment.FullPath(definition.WorkingDirectory is { } cwd ? Path.Combine(baseDirectory, cwd) : ".");
        var beside = Path.Combine(baseDirectory, definition.Run[0]);
        if ((ExecutableSearch.Find(beside) ?? ExecutableSearch.Find(definition.Run[0], environment.Find("PATH"), environment.Folder)) is not { } program)
        {
            problem = $"there is no program '{definition.Run[0]}', neither in {baseDirectory} nor on PATH";
            return false;
        }

        var output = Path.GetFullPath(Path.Combine(directory, definition.Output));
        try
        {
            File.Create(output).Dispose();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"its output file can not be written: {failure.Message}";
            return false;
        }

        var mark = Guid.NewGuid().ToString("n");
        var options = new ProcessStartOptions
        {
            FileName = environment.FullPath(program),
            Arguments = [.. definition.Run.Skip(1)],
            WorkingDirectory = directory,
            Environment = environment.With([.. definition.Environment.Select(static entry => KeyValuePair.Create(entry.Key, (string?)entry.Value)), new(RunMark.ServiceVariable, mark)]),
            StandardOutput = ChildOutput.AppendTo(output),
            StandardError = ChildOutput.AppendTo(output),
        };
        if (!ChildProcess.TryStart(options, out var process, out var start))
        {
            problem = start.Message;
            return false;
        }

        service = new SupervisedService(definition, process, output, mark, environment.Mark);
        problem = null;
        return true;
    }

    /// <summary>Waits until the service answers.</summary>
    /// <returns>Null when it does; otherwise why it does not, with the tail of its output.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<string?> WaitUntilReadyAsync(ServiceReadiness readiness, TimeProvider time, CancellationToken cancellationToken)
    {
        if (Definition.ReadyUrl is not { } url)
        {
            return null;
        }

        var answer = "it was not asked";
        using var limit = new CancellationTokenSource(Definition.ReadyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var ready = readiness.WaitAsync(url, last => answer = last, either.Token);
        await Task.WhenAny(ready, process.Exited);
        if (!ready.IsCompleted)
        {
            await either.CancelAsync();
        }

        try
        {
            await ready;
            return null;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return process.Exited.IsCompleted
                ? $"{Ending}{Tail()}"
                : $"{url} does not answer after {Definition.ReadyTimeout.TotalSeconds} s: {answer}{Tail()}";
        }
    }

    /// <summary>
    /// Ends the service and makes sure that it is gone: the process that was started, and one that a rollback, or the undo of a fault, put in its place.
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

        if (Definition.ReadyUrl is not { IsLoopback: true } url)
        {
            return left;
        }

        foreach (var holder in ListeningProcess.Find(url.Port))
        {
            if (!RunMark.IsOf(holder.Id, run))
            {
                return $"process {holder.Id} ({holder.Name}) listens on its port {url.Port} and was not started by this run; stop it by hand if it is not wanted";
            }

            left = await end.EndAsync(holder.Identity) ?? left;
        }

        return left ?? (ListeningProcess.Find(url.Port) is [var still, ..] ? $"process {still.Id} ({still.Name}) still listens on port {url.Port}" : null);
    }

    // What it left behind outside of its group, and what took its place: that has its command line and comes from this run.
    private IEnumerable<ProcessStatus> Others() => ProcessTable.List().Where(other => other.IsAlive && other.Id != process.Id
        && (RunMark.IsOfService(other.Id, mark)
            || (commandLine.Count > 0 && (ProcessTable.CommandLine(other.Id) ?? []).SequenceEqual(commandLine) && RunMark.IsOf(other.Id, run))));

    private string Tail()
    {
        try
        {
            using var file = new FileStream(OutputFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.Seek(-Math.Min(TailBytes, file.Length), SeekOrigin.End);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var lines = reader.ReadToEnd().TrimEnd().Split('\n');
            return lines is [""] ? "; it printed nothing" : $"; the last lines of {OutputFile}:\n{string.Join('\n', lines.TakeLast(TailLines))}";
        }
        catch (IOException failure)
        {
            return $"; its output can not be read: {failure.Message}";
        }
    }
}
