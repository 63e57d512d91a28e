using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Experiments;

namespace Turbulence.Cli.Tests.Costs;

/// <summary>Does nothing, at once, and has somebody look each time.</summary>
/// <param name="look">Looks; it is told which call this is, counted from 1.</param>
internal sealed class IdleProvider(Action<int> look) : IActivityProvider
{
    private int calls;

    public string Type => "idle";

    public void Validate(ActivityValidation validation)
    {
    }

    public ValueTask<ActivityResult> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        look(++calls);
        return ValueTask.FromResult(
            ActivityResult.Succeeded(new JsonObject { ["status"] = 0, ["stdout"] = "an output of one line\n", ["stderr"] = "" }));
    }
}
