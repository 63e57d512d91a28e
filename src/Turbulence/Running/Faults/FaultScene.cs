using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Services;

namespace Turbulence.Running.Faults;

/// <summary>What a run hands to whoever keeps its faults.</summary>
/// <param name="services">Asked each time anew: where the services of the experiment are by now.</param>
/// <param name="report">Told of each step of each fault. Safe from any thread, also after the run has ended.</param>
/// <param name="say">Says a line for people.</param>
/// <param name="stop">Asks the run to stop.</param>
/// <param name="needAPerson">Told what a person has to see to; by default it is said as an error.</param>
public sealed class FaultScene(
    Func<IReadOnlyList<ServiceLocation>> services,
    Action<FaultReport> report,
    Action<NoticeLevel, string> say,
    Action<Interruption> stop,
    Action<string>? needAPerson = null)
{
    /// <summary>The services of the experiment: those that this run started with their processes, those that it adopted without.</summary>
    public IReadOnlyList<ServiceLocation> Services => services();

    /// <summary>Tells the run that a fault made a step, or that something was seen of it.</summary>
    /// <param name="fault">All that is known of it.</param>
    public void Report(FaultReport fault) => report(fault);

    /// <summary>Hears of a fault that is not in effect any more.</summary>
    internal Action<string, string> Lost { get; init; } = static (_, _) => { };

    /// <summary>Tells the run that a fault which should be in is not in effect any more.</summary>
    /// <param name="fault">Its id.</param>
    /// <param name="seen">What was seen in its place, in one line.</param>
    public void Lose(string fault, string seen) => Lost(fault, seen);

    /// <summary>Says a line for people that no report says.</summary>
    public void Say(NoticeLevel level, string text) => say(level, text);

    /// <summary>Makes the run end as one that needs a person, whatever its verdict.</summary>
    /// <param name="reason">What is to be seen to, in one line.</param>
    public void NeedAPerson(string reason)
    {
        if (needAPerson is null)
        {
            say(NoticeLevel.Error, reason);
        }
        else
        {
            needAPerson(reason);
        }
    }

    /// <summary>Asks the run to stop: everything is halted, or its guardian cannot be kept alive.</summary>
    public void Stop(Interruption interruption) => stop(interruption);
}
