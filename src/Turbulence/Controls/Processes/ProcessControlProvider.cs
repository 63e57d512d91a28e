using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Activities.Processes;
using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Platform.Processes;
using Turbulence.Values;

namespace Turbulence.Controls.Processes;

/// <summary>
/// <c>process</c>: starts a program for each hook and writes it a JSON document (<see cref="HookMessage"/>) on its standard input.
/// Exit code 0 lets the run go on, <c>{"interrupt": "reason"}</c> as its output, or as the last line of it, stops the run, and
/// every other exit code is a hook that failed.
/// </summary>
/// <remarks>
/// Keys of the provider: <c>path</c>, <c>args</c> (a list, the program's command line), <c>cwd</c>, <c>env</c>, <c>timeout</c> (seconds,
/// default 30), <c>hooks</c> (names; default all), <c>arguments</c> (handed over in the document) and <c>secrets</c> (scopes).
/// Placeholders are replaced in all of the first four. The program runs in a session of its own and is ended with all that it
/// started when its time is over.
/// </remarks>
/// <param name="experimentDirectory">
/// The experiment's folder, where a relative <c>path</c> is looked for when it does not lead to a program from the current
/// directory. Default, null: it is not.
/// </param>
/// <param name="environment">What the program's environment is made of, beside its <c>env</c>. Default: ours alone.</param>
public sealed class ProcessControlProvider(string? experimentDirectory = null, RunEnvironment? environment = null) : MessageControlProvider
{
    private const int OutputLimit = 64 * 1024;

    private static readonly TimeSpan UsualTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TerminationGrace = TimeSpan.FromMilliseconds(500);

    private readonly RunEnvironment environment = environment ??= new RunEnvironment();
    private readonly ProgramSearch programs = new(experimentDirectory, environment);

    /// <inheritdoc/>
    public override string Type => "process";

    /// <inheritdoc/>
    public override void Validate(ControlDeclaration control, DocumentPath path, ProblemList problems)
    {
        var at = path["provider"];
        if (ProcessDeclaration.Text(control.Provider["path"]) is not { Length: > 0 } program)
        {
            problems.Error(at, $"Control '{control.Name}' must have the path of a program");
        }
        else if (!program.Contains('$', StringComparison.Ordinal) && programs.Find(program) is null)
        {
            problems.Error(at["path"], $"path '{program}' cannot be found, in control '{control.Name}'");
        }

        if (control.Provider["args"] is { } args and not JsonArray)
        {
            problems.Error(at["args"], $"Control '{control.Name}' args must be a list, not {args.ToJsonString()}");
        }

        if (!HookMessage.TryReadTimeout(control, UsualTimeout, out _))
        {
            problems.Error(at["timeout"], $"Control '{control.Name}' timeout must be a number of seconds above 0");
        }

        HookMessage.Validate(control, path, problems);
    }

    /// <inheritdoc/>
    private protected override async ValueTask<ControlResult> SendAsync(
        ControlDeclaration control, ControlScene scene, JsonObject message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!HookMessage.TryReadTimeout(control, UsualTimeout, out var timeout))
        {
            return ControlResult.Failed("its timeout must be a number of seconds above 0");
        }

        // Everything of an activity's process but its arguments, which here are not the command line.
        var provider = (JsonObject)control.Provider.DeepClone();
        provider["arguments"] = provider["args"]?.DeepClone() ?? new JsonArray();
        provider["stdin"] = null;
        provider["timeout"] = null;
        var call = new ActivityCall(new Activity(new JsonObject { ["provider"] = provider }), scene.Values) { Time = scene.Time };
        if (!ProcessDeclaration.TryRead(call, out var declaration, out var failure)
            || !declaration.TryResolve(call, programs, environment, out var start, out failure))
        {
            return ControlResult.Failed(failure.Message!);
        }

        start = start with
        {
            StandardInput = ChildInput.Bytes(Encoding.UTF8.GetBytes(message.ToJsonString())),
            StandardOutput = ChildOutput.Capture(OutputLimit),
            StandardError = ChildOutput.Capture(OutputLimit),
        };
        if (!ChildProcess.TryStart(start, out var process, out var problem))
        {
            return ControlResult.Failed(problem.Message);
        }

        await using (process)
        {
            return await ResultAsync(process, timeout, scene.Time, cancellationToken);
        }
    }

    private static async ValueTask<ControlResult> ResultAsync(
        ChildProcess process, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await process.WaitForExitAsync(either.Token);
            var output = await process.ReadOutputAsync(time, cancellationToken);
            return output.Status.IsSuccess
                ? HookMessage.Read(output.StandardOutput.Text())
                : ControlResult.Failed($"its program {output.Status.AsVerb()}{LastWords(output)}");
        }
        catch (OperationCanceledException)
        {
            await process.TerminateGroupAsync(TerminationGrace, time);
            cancellationToken.ThrowIfCancellationRequested();
            return ControlResult.Failed(
                string.Create(CultureInfo.InvariantCulture, $"its program took longer than {timeout.TotalSeconds} s"));
        }
        catch (InvalidOperationException lost)
        {
            return ControlResult.Failed(lost.Message);
        }
    }

    private static string LastWords(ProcessOutput output)
    {
        var text = output.StandardError.Text().Trim();
        return text.Length == 0 ? "" : $": {text[(text.LastIndexOf('\n') + 1)..]}";
    }
}
