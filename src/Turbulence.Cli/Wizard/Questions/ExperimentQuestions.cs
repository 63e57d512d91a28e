using Turbulence.Cli.Wizard.Discoveries;
using Turbulence.Load.Users;

namespace Turbulence.Cli.Wizard.Questions;

/// <summary>Asks for a whole experiment; what was said on the command line is not asked again.</summary>
/// <param name="prompts">Ask.</param>
/// <param name="discovery">What was discovered.</param>
/// <param name="surroundings">What is there to be used and hurt.</param>
/// <param name="check">Looks at each answer.</param>
/// <param name="stop">Ends the look-up of code.</param>
internal sealed class ExperimentQuestions(
    Prompts prompts, DiscoveryDocument discovery, WizardSurroundings surroundings, DraftCheck check, CancellationToken stop)
{
    private const int UsualRate = 10;
    private readonly ActivityQuestions activities = new(prompts, discovery, surroundings, check, stop);

    /// <summary>Asks.</summary>
    /// <param name="experiment">What is known already; gets the answers.</param>
    /// <param name="said">What was said on the command line.</param>
    public async Task AskAsync(ExperimentDraft experiment, SaidAlready said)
    {
        if (!said.Title || !said.Description)
        {
            prompts.Heading(
                "The experiment", "What do you want to know of your system? Ctrl-C leaves at any time, and nothing is written.");
        }

        if (!said.Title)
        {
            experiment.Title = await prompts.TextAsync("Title", experiment.Title, static _ => null);
        }

        if (!said.Description)
        {
            experiment.Description = await prompts.TextAsync("Description", experiment.Description, static _ => null);
        }

        if (!said.SteadyState)
        {
            prompts.Heading("Steady state", "How can you see that the system is well? It is checked before and after the method.");
            if (await prompts.ConfirmAsync("Describe a steady state?", usual: true))
            {
                experiment.SteadyState = await prompts.TextAsync("Its title", experiment.SteadyState, static _ => null);
                await activities.FillAsync(experiment, experiment.Probes, "What shows it?");
            }
        }

        if (!said.Method)
        {
            prompts.Heading("Method", "What is done to the system? Without a method a run only checks the steady state.");
            if (await prompts.ConfirmAsync("Do something to the system?", usual: true))
            {
                await activities.FillAsync(experiment, experiment.Method, "What is done?");
            }
        }

        if (!said.Rollbacks)
        {
            prompts.Heading("Rollbacks", "What puts the system back afterwards? Faults are taken back by themselves.");
            var isByItself = experiment.Method.TrueForAll(static activity => activity.ProviderType is "fault" or "load");
            if (await prompts.ConfirmAsync("Put something back?", usual: !isByItself))
            {
                await activities.FillAsync(experiment, experiment.Rollbacks, "What puts it back?");
            }
        }

        // Only where it is known whom to ask, and something is done that they might feel.
        if (!said.Users && experiment.Method.Count > 0 && experiment.AskedUrl is { } url)
        {
            prompts.Heading(
                "Users",
                "What do users feel meanwhile? Requests through the whole run show it; the verdict says how many were lost and how slow the others were.");
            if (await prompts.ConfirmAsync("Send requests through the whole run?", usual: true))
            {
                experiment.Users = UserBlock.Parse(
                    await prompts.TextAsync("Where, and how many a second", $"{url}@{UsualRate}", UserBlock.Problem));
            }
        }
    }
}
