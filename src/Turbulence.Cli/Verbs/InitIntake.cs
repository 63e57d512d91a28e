using System.CommandLine;
using Turbulence.Cli.Wizard;
using Turbulence.Cli.Wizard.Answers;
using Turbulence.Cli.Wizard.Discoveries;
using Turbulence.Cli.Wizard.Places;
using Turbulence.Load.Users;

namespace Turbulence.Cli.Verbs;

/// <summary>Takes in what the options of <c>chaos init</c> say of the experiment, and holds each of them against the rules.</summary>
/// <param name="options">The options.</param>
/// <param name="parsed">What was said.</param>
/// <param name="discovery">What was discovered.</param>
/// <param name="surroundings">What is there to be used and hurt.</param>
/// <param name="check">Looks at each activity.</param>
internal sealed class InitIntake(
    InitOptions options, ParseResult parsed, DiscoveryDocument discovery, WizardSurroundings surroundings, DraftCheck check)
{
    private readonly ActivityAnswer activities = new(discovery);
    private readonly List<string> problems = [];
    private readonly List<string> warnings = [];

    /// <summary>What was said, so that nobody is asked for it.</summary>
    public SaidAlready Said => new(
        parsed.GetValue(options.Title) is not null,
        parsed.GetValue(options.Description) is not null,
        parsed.GetValue(options.NoSteadyState) || Words(options.Urls).Length + Words(options.Probes).Length > 0,
        Words(options.Actions).Length + Words(options.Faults).Length > 0,
        Words(options.Rollbacks).Length > 0,
        parsed.GetValue(options.Users) is not null);

    /// <summary>What a run would refuse as things stand now, each in one line.</summary>
    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>What is wrong with the options, each in one line.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>Makes the experiment as far as it was said.</summary>
    /// <param name="stop">Ends the look-up of code.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ExperimentDraft> ReadAsync(CancellationToken stop)
    {
        var experiment = new ExperimentDraft();
        experiment.Title = parsed.GetValue(options.Title) ?? experiment.Title;
        experiment.Description = parsed.GetValue(options.Description) ?? experiment.Description;
        experiment.SteadyState = parsed.GetValue(options.SteadyState) ?? experiment.SteadyState;
        foreach (var url in Words(options.Urls))
        {
            var draft = ActivityDrafts.Http("probe", url) with { Tolerance = 200 };
            if (parsed.GetValue(options.Ask) && check.ProbeProblem(draft) is null)
            {
                var asked = await AskedUrl.AskAsync(url, surroundings.Time, stop);
                draft = draft with { Tolerance = asked.Status };
                if (asked.Status is null or >= 500)
                {
                    problems.Add($"--ask --url {url}: {asked.Text}; without --ask the status 200 is expected");
                    continue;
                }
            }

            await AddAsync(experiment, experiment.Probes, $"--url {url}", draft, stop);
        }

        await ReadProbesAsync(experiment, stop);
        await ReadListAsync(experiment, experiment.Method, options.Actions, stop);
        await ReadFaultsAsync(experiment, stop);
        await ReadListAsync(experiment, experiment.Rollbacks, options.Rollbacks, stop);
        if (parsed.GetValue(options.Users) is { } users)
        {
            experiment.Users = UserBlock.Parse(users);
            if (UserBlock.Problem(users) is { } problem)
            {
                problems.Add($"--users '{users}': {problem}");
            }
        }

        if (parsed.GetValue(options.NoSteadyState) && Words(options.Urls).Length + Words(options.Probes).Length > 0)
        {
            problems.Add("--no-steady-state leaves no place for --url and --probe");
        }

        return experiment;
    }

    private async Task ReadProbesAsync(ExperimentDraft experiment, CancellationToken stop)
    {
        var tolerances = Words(options.Tolerances);
        var probes = Words(options.Probes);
        if (tolerances.Length > probes.Length)
        {
            problems.Add(
                $"there are {tolerances.Length} --tolerance for {probes.Length} --probe; each belongs to the --probe at the same place");
        }

        for (var i = 0; i < probes.Length; i++)
        {
            var said = $"--probe '{probes[i]}'";
            if (!activities.TryRead(probes[i], "probe", out var draft, out var problem))
            {
                problems.Add($"{said}: {problem}");
                continue;
            }

            if (i < tolerances.Length)
            {
                if (ToleranceAnswer.Read(tolerances[i], draft.ProviderType, draft.ReturnType, out var tolerance) is { } wrong)
                {
                    problems.Add($"--tolerance '{tolerances[i]}': {wrong}");
                    continue;
                }

                draft = draft with { Tolerance = tolerance };
            }

            if (draft.Tolerance is null)
            {
                problems.Add($"{said}: nothing is usual for it, so --tolerance has to say what is expected");
                continue;
            }

            await AddAsync(experiment, experiment.Probes, said, draft, stop);
        }
    }

    private async Task ReadListAsync(ExperimentDraft experiment, List<ActivityDraft> list, Option<string[]> option, CancellationToken stop)
    {
        foreach (var line in Words(option))
        {
            var said = $"{option.Name} '{line}'";
            if (!activities.TryRead(line, "action", out var draft, out var problem))
            {
                problems.Add($"{said}: {problem}");
                continue;
            }

            // What a probe of the method finds is put down, and judged only where somebody asks for that.
            await AddAsync(experiment, list, said, draft with { Tolerance = null }, stop);
        }
    }

    private async Task ReadFaultsAsync(ExperimentDraft experiment, CancellationToken stop)
    {
        foreach (var line in Words(options.Faults))
        {
            var said = $"{options.Faults.Name} '{line}'";
            if (!surroundings.Faults.TryRead(line, out var draft, out var problem))
            {
                problems.Add($"{said}: {problem}");
            }
            else
            {
                await AddAsync(experiment, experiment.Method, said, draft, stop);
                if (problems.Count == 0 && await surroundings.Faults.RefusalAsync(draft, stop) is { } refusal)
                {
                    warnings.Add($"{said} would be refused now: {refusal}");
                }
            }
        }
    }

    private async Task AddAsync(
        ExperimentDraft experiment, List<ActivityDraft> list, string said, ActivityDraft draft, CancellationToken stop)
    {
        var unfit = ReferenceEquals(list, experiment.Probes) ? check.ProbeProblem(draft) : null;
        if ((unfit ?? await check.ProblemAsync(draft, stop)) is { } problem)
        {
            problems.Add($"{said}: {problem}");
            return;
        }

        list.Add(draft with { Name = experiment.Free(draft.Name) });
    }

    private string[] Words(Option<string[]> option) => parsed.GetValue(option) ?? [];
}
