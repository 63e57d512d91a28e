using System.Text.Json.Nodes;
using Turbulence.Cli.Lines;
using Turbulence.Events;
using Turbulence.Experiments;

namespace Turbulence.Cli.Terminal.Live;

/// <summary>Something that goes on right now and has a row of its own until it ends.</summary>
internal abstract record RunningWork
{
    /// <summary>What it is: the beginning of the row.</summary>
    public abstract string Title { get; }

    /// <summary>How far it is: the quiet end of the row.</summary>
    public abstract string Progress(DateTimeOffset now);

    /// <summary>The same, and what of it is said where that has no room: the longest first.</summary>
    public virtual IEnumerable<string> Forms(DateTimeOffset now) => [Progress(now)];

    /// <summary>An activity that is being carried out.</summary>
    internal sealed record OfActivity(ActivityRun Run) : RunningWork
    {
        /// <summary>What it said last of how far it is; null where it said nothing.</summary>
        public JsonObject? Told { get; init; }

        public override string Title => $"{ActivityRows.Title(Run)}{(Run.Background ? " in the background" : "")}";

        public override string Progress(DateTimeOffset now) => ProgressText.Of(Told) is { Length: > 0 } told
            ? $"{told}  {DurationText.Of(now - Run.Start)}"
            : DurationText.Of(now - Run.Start);

        public override IEnumerable<string> Forms(DateTimeOffset now) =>
            Felt.IsLoad(Run.Activity) && LoadLine.Of(Told) is { Count: > 0 } forms
                ? [$"{forms[0]}  {DurationText.Of(now - Run.Start)}", .. forms]
                : [Progress(now)];
    }

    /// <summary>A pause before or after an activity.</summary>
    internal sealed record OfPause(long ActivityId, Activity Activity, bool Before, DateTimeOffset Start, TimeSpan Duration) : RunningWork
    {
        public override string Title => $"pause {(Before ? "before" : "after")} {Activity.Name}";

        public override string Progress(DateTimeOffset now) =>
            now >= Start + Duration ? "over" : $"{DurationText.Of(Start + Duration - now)} left";

        /// <summary>
        /// What stays of it: how long it was, which is less than it was meant to be where the run was stopped or a rehearsal sleeps no
        /// pause.
        /// </summary>
        public string Summary(DateTimeOffset end)
        {
            var place = $"{(Before ? "before" : "after")} {Activity.Name}";
            return end >= Start + Duration
                ? $"paused {DurationText.Of(Duration)} {place}"
                : $"paused {DurationText.Of(end - Start)} of {DurationText.Of(Duration)} {place}";
        }
    }

    /// <summary>A service on its way to another state.</summary>
    internal sealed record OfService(string Name, string State, DateTimeOffset Start) : RunningWork
    {
        public override string Title => $"{ServiceName.Of(Name)} {State}";

        public override string Progress(DateTimeOffset now) => DurationText.Of(now - Start);
    }

    /// <summary>A fault that is in, or being put in or taken back.</summary>
    internal sealed record OfFault(FaultReport Fault, DateTimeOffset Start) : RunningWork
    {
        public override string Title => $"fault {Fault.Id} {Fault.Kind}: {string.Join(", ", Fault.Targets)}";

        public override string Progress(DateTimeOffset now) => Fault switch
        {
            { State: FaultState.Injecting } => "going in",
            { State: FaultState.Reverting or FaultState.Reverted } => "being taken back",
            { Due: { } due } when due > now => $"{DurationText.Of(due - now)} left",
            { Due: not null } => "over",
            _ => $"in for {DurationText.Of(now - Start)}",
        };
    }

    /// <summary>The users of the system.</summary>
    /// <param name="Told">What was told last of how they are going.</param>
    /// <param name="Start">When they were told of first.</param>
    internal sealed record OfUsers(JsonObject Told, DateTimeOffset Start) : RunningWork
    {
        public override string Title => "users";

        public override string Progress(DateTimeOffset now) => DurationText.Of(now - Start);

        public override IEnumerable<string> Forms(DateTimeOffset now) =>
            LoadLine.Of(Told) is { Count: > 0 } forms ? [$"{forms[0]}  {Progress(now)}", .. forms] : [Progress(now)];
    }

    /// <summary>The safeguards, from their first look until the method is over.</summary>
    internal sealed record OfSafeguards(int Count, DateTimeOffset Start) : RunningWork
    {
        public override string Title => Count == 1 ? "one safeguard watches" : $"{Count} safeguards watch";

        public override string Progress(DateTimeOffset now) => $"for {DurationText.Of(now - Start)}";
    }

    /// <summary>The continuous checks of the steady state.</summary>
    internal sealed record OfChecks(TimeSpan Frequency, int Checks, int Missed) : RunningWork
    {
        public override string Title => $"steady state, every {DurationText.Of(Frequency)}";

        public override string Progress(DateTimeOffset now) => $"{Checks} checks, {Missed} missed";
    }
}
