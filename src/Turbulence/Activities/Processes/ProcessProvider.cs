using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Experiments;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Activities.Processes;

/// <summary>
/// <c>process</c>: runs a program and returns <c>{"status", "stdout", "stderr"}</c>. A status other than 0 is a result, not a failure; a
/// signal's number stands there with a minus.
/// </summary>
/// <remarks>
/// The program runs in a session of its own, reads nothing unless <c>stdin</c> is given, and is ended with all that it started when its
/// <c>timeout</c> is over or the run is stopped. When it ends by itself, what it left running is left alone, and its output is read for at
/// most <see cref="ChildProcess.DrainGrace"/> more. Three keys are added to the result when they are true: <c>stdout_truncated</c> and
/// <c>stderr_truncated</c>, when more came than is kept, and <c>output_held_open</c>, when something that was left running could still have
/// written more.
/// </remarks>
/// <param name="experimentDirectory">
/// The experiment's folder, where a relative <c>path</c> is looked for when it does not lead to a program from the current
/// directory. Default, null: it is not, as in the reference.
/// </param>
/// <param name="outputLimit">The most bytes kept of each of the two outputs. Default: 16 MiB.</param>
/// <param name="environment">What the program's environment is made of, beside its <c>env</c>. Default: ours alone.</param>
public sealed class ProcessProvider(
    string? experimentDirectory = null, int outputLimit = ProcessProvider.DefaultOutputLimit, RunEnvironment? environment = null)
        : IActivityProvider
{
    private const int DefaultOutputLimit = 16 * 1024 * 1024;

    private const string NonZero =
        "This process returned a non-zero exit code. This may indicate some error and not what you expected. Please have a look at the logs.";

    private static readonly TimeSpan TerminationGrace = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    // Most probes and actions of this kind are over by then, and nobody notices that a stop waits for as long.
    private static readonly TimeSpan Attendance = TimeSpan.FromMilliseconds(10);

    private readonly RunEnvironment environment = environment ??= new RunEnvironment();
    private readonly ProgramSearch programs = new(experimentDirectory, environment);

    /// <inheritdoc/>
    public string Type => "process";

    /// <inheritdoc/>
    public void Validate(ActivityValidation validation) =>
        ProcessValidation.Check(validation.Activity, validation.Path["provider"], programs, validation.Problems);

    /// <inheritdoc/>
    public async ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!ProcessDeclaration.TryRead(call, out var declaration, out var failure)
            || !declaration.TryResolve(call, programs, environment, out var start, out failure))
        {
            return failure;
        }

        start = start with
        {
            StandardOutput = ChildOutput.Capture(outputLimit),
            StandardError = ChildOutput.Capture(outputLimit),

            // The stage has nothing else to do; those in the background would wait for each other.
            Attendance = call.Background ? TimeSpan.Zero : Attendance,
        };
        if (!ChildProcess.TryStart(start, out var process, out var problem))
        {
            return ActivityResult.Crashed(problem.Message);
        }

        var isStuck = false;
        try
        {
            using var limit = declaration.Timeout is { } timeout
                ? new CancellationTokenSource(timeout, call.Time)
                : new CancellationTokenSource();
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
            try
            {
                await process.WaitForExitAsync(either.Token);
                var output = await process.ReadOutputAsync(call.Time, cancellationToken);
                await call.Turn.TakeAsync(output.StandardOutput.Length + output.StandardError.Length, cancellationToken);
                return Result(call, output);
            }
            catch (OperationCanceledException)
            {
                isStuck = !await EndsAsync(process, call.Time);
                cancellationToken.ThrowIfCancellationRequested();
                return ActivityResult.Failed("process activity took too long to complete" + (isStuck ? $"; {Stuck(process)}" : ""));
            }
            catch (InvalidOperationException lost)
            {
                return ActivityResult.Crashed(lost.Message);
            }
        }
        finally
        {
            if (isStuck)
            {
                // It is dead as soon as the system lets go of it; nobody has to wait for that.
                call.Warn(Stuck(process));
                _ = process.DisposeAsync().AsTask();
            }
            else
            {
                await process.DisposeAsync();
            }
        }
    }

    private static string Stuck(ChildProcess process) => string.Create(
        CultureInfo.InvariantCulture,
        $"process {process.Id} was killed and is not gone after {KillPatience.TotalSeconds} s; the system keeps it in uninterruptible sleep");

    private static async Task<bool> EndsAsync(ChildProcess process, TimeProvider time)
    {
        var ending = process.TerminateGroupAsync(TerminationGrace, time);
        try
        {
            await ending.WaitAsync(TerminationGrace + KillPatience, time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private ActivityResult Result(ActivityCall call, ProcessOutput output)
    {
        if (output.Status.ReturnCode > 0 && !call.Activity.HasTolerance)
        {
            call.Warn(NonZero);
        }

        var result = new JsonObject
        {
            ["status"] = output.Status.ReturnCode,
            ["stdout"] = output.StandardOutput.Text(),
            ["stderr"] = output.StandardError.Text(),
        };
        foreach (var (name, stream) in (ReadOnlySpan<(string, CapturedOutput)>)[
            ("stdout", output.StandardOutput), ("stderr", output.StandardError),
        ])
        {
            if (stream.Truncated)
            {
                call.Warn($"{name} of this process had {stream.TotalBytes} bytes; only the first {outputLimit} are kept");
                result[name] = SecretMask.For(call.Values).HideCut((string)result[name]!);
                result[$"{name}_truncated"] = true;
            }
        }

        if (!output.StandardOutput.Ended || !output.StandardError.Ended)
        {
            call.Warn("This process left something running that still holds its output open; what it writes from now on is not kept");
            result["output_held_open"] = true;
        }

        return ActivityResult.Succeeded(result);
    }
}
