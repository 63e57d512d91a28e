using System.Collections.Concurrent;
using Turbulence.Controls;
using Turbulence.Documents;

namespace Turbulence.Tests.Controls;

/// <summary>A provider that waits in one hook until it is cancelled.</summary>
internal sealed class HangingControls(string hook) : IControlProvider
{
    private readonly ConcurrentQueue<string> calls = new();

    public string Type => "scripted";

    public TaskCompletionSource Hanging { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether only the first call of the hook waits.</summary>
    public bool Once { get; init; }

    public IReadOnlyList<string> Calls => [.. calls];

    public void Validate(ControlDeclaration control, DocumentPath path, ProblemList problems)
    {
    }

    public ValueTask<ControlResult> ConfigureAsync(ControlSetup setup, CancellationToken cancellationToken) =>
        WaitAsync("configure", cancellationToken);

    public ValueTask<ControlResult> CallAsync(ControlCall call, CancellationToken cancellationToken) =>
        WaitAsync(HookName.Of(call.Level, call.Side), cancellationToken);

    public ValueTask<ControlResult> CleanupAsync(ControlSetup setup, CancellationToken cancellationToken) =>
        WaitAsync("cleanup", cancellationToken);

    private async ValueTask<ControlResult> WaitAsync(string name, CancellationToken cancellationToken)
    {
        calls.Enqueue(name);
        if (name == hook && (Hanging.TrySetResult() || !Once))
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        return ControlResult.Continue;
    }
}
