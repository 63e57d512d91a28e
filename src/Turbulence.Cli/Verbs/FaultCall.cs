using Turbulence.Cli.CommandLine;
using Turbulence.Events;
using Turbulence.Runs.Requests;

namespace Turbulence.Cli.Verbs;

/// <summary>One call of a verb that works on the faults of this machine.</summary>
/// <param name="room">The faults.</param>
/// <param name="outputs">Where it is said what happens.</param>
internal sealed class FaultCall(FaultRoom room, Outputs outputs)
{
    /// <summary>The faults.</summary>
    public FaultRoom Room { get; } = room;

    /// <summary>Says a line.</summary>
    public void Say(NoticeLevel level, string text) => outputs.Say(level, text);

    /// <summary>Carries a verb out; a ledger that cannot be used is a matter for a person.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> InvokeAsync(GlobalSettings settings, Surroundings around, Func<FaultCall, Task<int>> verb)
    {
        using var outputs = new Outputs(around, settings, mayBeLive: false);
        if (!WorkingDirectory.TryMove(settings, outputs, isNeeded: false))
        {
            return ExitCode.Usage(settings.Compatibility);
        }

        var room = new FaultRoom(around.Place);
        try
        {
            return await verb(new FaultCall(room, outputs));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            outputs.Say(
                NoticeLevel.Error,
                $"The ledger in {room.Ledger.Folder} cannot be used, so nobody knows whether a fault is in: {failure.Message}");
            return ExitCode.NeedsAPerson;
        }
    }
}
