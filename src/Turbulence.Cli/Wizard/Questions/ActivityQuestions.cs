using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Cli.Wizard.Answers;
using Turbulence.Cli.Wizard.Discoveries;
using Turbulence.Cli.Wizard.Places;

namespace Turbulence.Cli.Wizard.Questions;

/// <summary>Asks for the activities of one list of an experiment.</summary>
/// <param name="prompts">Ask.</param>
/// <param name="discovery">What was discovered.</param>
/// <param name="surroundings">What is there to be used and hurt.</param>
/// <param name="check">Looks at each answer.</param>
/// <param name="stop">Ends the look-up of code.</param>
internal sealed class ActivityQuestions(
    Prompts prompts, DiscoveryDocument discovery, WizardSurroundings surroundings, DraftCheck check, CancellationToken stop)
{
    private readonly FaultQuestions faults = new(prompts, surroundings.Faults, surroundings.Services);
    private readonly UrlQuestions urls = new(prompts, surroundings.Services);

    /// <summary>Asks for activities until there are enough.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="list">Its list.</param>
    /// <param name="question">Asks what the next one is.</param>
    public async Task FillAsync(ExperimentDraft experiment, List<ActivityDraft> list, string question)
    {
        var isSteadyState = ReferenceEquals(list, experiment.Probes);
        var isMethod = ReferenceEquals(list, experiment.Method);
        var offered = discovery.Activities
            .Where(activity => activity.IsProbe || !isSteadyState)
            .OrderBy(static activity => activity.IsProbe)
            .ToList();
        while (true)
        {
            var kind = await prompts.ChooseAsync(question, Kinds(offered.Count, list.Count, isMethod));
            if (kind == ActivityKind.None)
            {
                return;
            }

            var type = isSteadyState ? "probe" : "action";
            var draft = kind switch
            {
                ActivityKind.Request => await RequestAsync(type),
                ActivityKind.Command => await CommandAsync(type),
                ActivityKind.Fault => await faults.AskAsync(),
                ActivityKind.Load => await LoadAsync(),
                _ => await DiscoveredAsync(offered),
            };
            if ((await check.ProblemAsync(draft, stop)
                ?? (kind == ActivityKind.Fault ? await surroundings.Faults.RefusalAsync(draft, stop) : null)) is { } problem)
            {
                prompts.Refuse($"Not added: {problem}");
                continue;
            }

            if (isSteadyState)
            {
                draft = draft with { Tolerance = await ToleranceAsync(draft) };
            }

            draft = draft with { Name = await prompts.TextAsync("Its name", experiment.Free(draft.Name), static _ => null) };
            list.Add(draft);
            prompts.Done($"{draft.Type} {draft.Name}");
        }
    }

    private List<(ActivityKind, string)> Kinds(int offered, int had, bool isMethod)
    {
        List<(ActivityKind, string)> kinds = [];
        if (had > 0)
        {
            kinds.Add((ActivityKind.None, "Nothing more"));
        }

        kinds.Add((ActivityKind.Request, "An HTTP request"));
        kinds.Add((ActivityKind.Command, "A command"));
        if (isMethod)
        {
            kinds.Add((ActivityKind.Fault, "A fault, which is taken back by itself"));
            kinds.Add((ActivityKind.Load, "Requests for a while (load)"));
        }

        if (offered > 0)
        {
            kinds.Add((ActivityKind.Discovered, $"An activity of {discovery.Name}"));
        }

        return kinds;
    }

    private async Task<ActivityDraft> RequestAsync(string type)
    {
        var url = await urls.AskAsync(answer => check.Problem(ActivityDrafts.Http(type, answer)));
        if (type == "probe")
        {
            return ActivityDrafts.Http(type, url);
        }

        var method = await prompts.TextAsync(
            "Method", "POST", answer => check.Problem(ActivityDrafts.Http(type, url, answer.ToUpperInvariant())));
        return ActivityDrafts.Http(type, url, method.ToUpperInvariant());
    }

    private async Task<ActivityDraft> LoadAsync()
    {
        var url = await urls.AskAsync(answer => check.Problem(ActivityDrafts.Load(answer, 1, 1)));
        var rate = await NumberAsync("Requests a second", "10", rate => ActivityDrafts.Load(url, rate, 1));
        var seconds = await NumberAsync("For how many seconds", "10", seconds => ActivityDrafts.Load(url, rate, seconds));
        return ActivityDrafts.Load(url, rate, seconds);
    }

    private async Task<double> NumberAsync(string question, string usual, Func<double, ActivityDraft> draft)
    {
        var number = 0.0;
        await prompts.TextAsync(
            question,
            usual,
            answer => double.TryParse(answer, NumberStyles.Float, CultureInfo.InvariantCulture, out number)
                ? check.Problem(draft(number))
                : $"'{answer}' is no number");
        return number;
    }

    private async Task<ActivityDraft> CommandAsync(string type)
    {
        ActivityDraft? draft = null;
        await prompts.TextAsync("Command", null, answer =>
        {
            if (!CommandAnswer.TryRead(answer, out var provider, out var problem))
            {
                return problem;
            }

            draft = ActivityDrafts.Process(type, answer, provider);
            return check.Problem(draft);
        });
        return draft!;
    }

    private async Task<ActivityDraft> DiscoveredAsync(List<DiscoveredActivity> offered)
    {
        var activity = await prompts.ChooseAsync("Which one?", [.. offered.Select(static activity => (activity, Label(activity)))]);
        var arguments = new JsonObject();
        foreach (var argument in activity.Arguments)
        {
            var usual = argument.IsRequired ? null : argument.Default is null ? "" : PortableType.Typed(argument.Type, argument.Default);
            JsonNode? value = null;
            var answer = await prompts.TextAsync(
                Question(argument), usual, said => said.Length == 0 ? null : PortableType.Read(argument.Type, said, out value));

            // Enter alone: what the extension takes by itself, and an empty text is one of them.
            if (answer.Length > 0 || argument.Default is not null)
            {
                arguments[argument.Name] = answer == usual ? argument.Default?.DeepClone() : value?.DeepClone();
            }
        }

        return ActivityDrafts.Discovered(activity, arguments);
    }

    private async Task<JsonNode?> ToleranceAsync(ActivityDraft draft)
    {
        JsonNode? tolerance = null;
        var now = await NowAsync(draft);
        await prompts.TextAsync(
            ToleranceAnswer.Question(draft.ProviderType),
            now ?? ToleranceAnswer.Usual(draft.ProviderType, draft.ReturnType)?.ToJsonString(),
            answer => ToleranceAnswer.Read(answer, draft.ProviderType, draft.ReturnType, out tolerance)
                ?? check.ProbeProblem(draft with { Tolerance = tolerance }));
        return tolerance;
    }

    // What a system answers while it is well is what is expected of it; an answer that tells of trouble is not.
    private async Task<string?> NowAsync(ActivityDraft draft)
    {
        if (draft.ProviderType != "http"
            || !await prompts.ConfirmAsync($"Ask {draft.Provider["url"]} once, now, for what it answers?", usual: true))
        {
            return null;
        }

        var asked = await AskedUrl.AskAsync((string)draft.Provider["url"]!, surroundings.Time, stop);
        prompts.Explain(asked.Status >= 500 ? $"{asked.Text}; that is no sign of health" : asked.Text);
        return asked.Status is < 500 ? asked.Status.Value.ToString(CultureInfo.InvariantCulture) : null;
    }

    private static string Label(DiscoveredActivity activity) =>
        $"{activity.Name} ({activity.Type}){(activity.Explanation.Length == 0 ? "" : $": {activity.Explanation}")}";

    private static string Question(DiscoveredArgument argument) =>
        $"{argument.Name}{(argument.Type is null or "object" ? "" : $", {argument.Type}")}{(argument.IsRequired ? "" : ", optional")}";
}
