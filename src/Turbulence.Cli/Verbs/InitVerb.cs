using System.CommandLine;
using Spectre.Console;
using Turbulence.Cli.CommandLine;
using Turbulence.Cli.Completions;
using Turbulence.Cli.Signals;
using Turbulence.Cli.Wizard;
using Turbulence.Cli.Wizard.Discoveries;
using Turbulence.Cli.Wizard.Faults;
using Turbulence.Cli.Wizard.Places;
using Turbulence.Cli.Wizard.Questions;
using Turbulence.Events;
using Turbulence.Interruptions;
using Turbulence.Runs.Composition;
using Turbulence.Runs.Requests;
using Turbulence.Validation;
using Turbulence.Values;

namespace Turbulence.Cli.Verbs;

/// <summary><c>chaos init</c>: makes an experiment of answers, or of options.</summary>
internal sealed class InitVerb
{
    private const string UsualDiscoveryPath = "./discovery.json";
    private const string UsualUrl = "http://localhost:5000/";

    private readonly InitOptions options;
    private readonly ParseResult parsed;
    private readonly GlobalSettings settings;
    private readonly Surroundings around;
    private readonly Outputs outputs;
    private readonly bool asks;

    private InitVerb(InitOptions options, ParseResult parsed, GlobalSettings settings, Surroundings around, Outputs outputs)
    {
        this.options = options;
        this.parsed = parsed;
        this.settings = settings;
        this.around = around;
        this.outputs = outputs;
        asks = !parsed.GetValue(options.Yes);
    }

    /// <summary>Declares the verb.</summary>
    public static Command Create(GlobalOptions globals, Surroundings around)
    {
        var options = new InitOptions();
        options.Faults.CompletionSources.Add(_ => KnownWords.FaultKinds(around));
        var verb = new Command("init", "Make an experiment: answer questions, or --yes and options.");
        foreach (var option in options.All)
        {
            verb.Add(option);
        }

        verb.SetAction(async (parsed, _) =>
        {
            var settings = globals.Read(parsed);
            using var outputs = new Outputs(around, settings, mayBeLive: false);
            return WorkingDirectory.TryMove(settings, outputs)
                ? await new InitVerb(options, parsed, settings, around, outputs).InvokeAsync()
                : ExitCode.Usage(settings.Compatibility);
        });
        return verb;
    }

    private async Task<int> InvokeAsync()
    {
        if (asks && around.Ask is null)
        {
            return Refuse("chaos init asks its questions on a terminal, and here is none; --yes takes options instead (chaos init --help)");
        }

        using var stop = new RunStop();
        using var signals = new SignalWatch(stop.Request);
        if (!ExperimentFile.TryPrepare(parsed.GetValue(options.ExperimentPath)!, out var file, out var unwritable))
        {
            return Refuse(unwritable);
        }

        var settingsIntake = new SettingsIntake(outputs, settings);
        await using var notifications = new VerbNotifications(
            outputs, settings, "init", settingsIntake.File.Folder, settingsIntake.Read().Notifications, around.Time);
        await notifications.StartedAsync(static () => null);
        var console = asks ? around.Ask!() : null;
        try
        {
            return await MakeAsync(file, console is null ? null : new Prompts(console, stop.Run), notifications, stop);
        }
        catch (Exception ended)
            when (ended is EndOfStreamException || (ended is OperationCanceledException && stop.Run.IsCancellationRequested))
        {
            // A list hides the cursor while somebody chooses.
            console?.Cursor.Show();
            console?.WriteLine();
            return Stopped();
        }
    }

    private async Task<int> MakeAsync(ExperimentFile file, Prompts? prompts, VerbNotifications notifications, RunStop stop)
    {
        var replace = parsed.GetValue(options.Force);
        if (file.File.Exists && !replace)
        {
            if (prompts is null)
            {
                return Refuse($"{file.File.Path} exists already; --force replaces it, --experiment-path writes another one");
            }

            replace = await prompts.ConfirmAsync($"{file.File.Path} exists already. Replace it?", usual: false);
            if (!replace)
            {
                return Stopped();
            }
        }

        if (ReadDiscovery() is not { } discovery)
        {
            return ExitCode.Usage(settings.Compatibility);
        }

        await using var workers = new RunWorkers(
            around.Place, settings.Compatibility, new RunEnvironment(), file.File.Folder, outputs.Say, stop);
        await workers.MoveAsync(file.File.Folder);
        using var providers = new RunProviders(
            settings.Compatibility, file.File.Folder, workers, new FaultRoom(around.Place).Provider());
        var check = new DraftCheck(new ExperimentValidator(providers.All, settings.Compatibility, providers.Controls));
        var surroundings = new WizardSurroundings(
            new FaultDrafts(around.Kinds, file.File.Folder), prompts is null ? [] : ListeningService.Of(around.Listening()), around.Time);
        var intake = new InitIntake(options, parsed, discovery, surroundings, check);
        var experiment = await intake.ReadAsync(stop.Run);
        if (intake.Problems.Count > 0)
        {
            foreach (var problem in intake.Problems)
            {
                Refuse(problem);
            }

            return ExitCode.Usage(settings.Compatibility);
        }

        var isGuess = prompts is null && !intake.Said.SteadyState;
        if (isGuess)
        {
            experiment.Probes.Add(ActivityDrafts.Http("probe", UsualUrl) with { Tolerance = 200 });
        }

        if (prompts is not null)
        {
            await new ExperimentQuestions(prompts, discovery, surroundings, check, stop.Run).AskAsync(experiment, intake.Said);
        }

        var document = experiment.ToJson();
        var (text, read) = file.Render(document);
        var problems = await check.ProblemsAsync(read.Map, stop.Run);
        if (read.HasErrors || problems.HasErrors)
        {
            outputs.Say([.. read.Problems, .. problems], file.File.Path, settings.Compatibility);
            Refuse($"{file.File.Path} would not be valid, so it was not written");
            return ExitCode.Invalid(settings.Compatibility);
        }

        stop.Run.ThrowIfCancellationRequested();
        if (file.File.Write(text, replace) is { } failure)
        {
            return Refuse(failure);
        }

        await notifications.CompletedAsync(document);
        foreach (var warning in intake.Warnings)
        {
            outputs.Say(NoticeLevel.Warning, warning);
        }

        foreach (var line in NextSteps.Of(experiment, file.File.Path, isGuess ? UsualUrl : null))
        {
            outputs.Say(NoticeLevel.Information, line);
        }

        return ExitCode.Done;
    }

    // The usual one need not be there; one that was asked for has to be.
    private DiscoveryDocument? ReadDiscovery()
    {
        var said = parsed.GetValue(options.DiscoveryPath);
        var path = said ?? UsualDiscoveryPath;
        if (said is null && !File.Exists(path))
        {
            return DiscoveryDocument.None;
        }

        if (!DiscoveryReader.TryRead(path, out var document, out var problem))
        {
            outputs.Say(said is null ? NoticeLevel.Warning : NoticeLevel.Error, problem);
            return said is null ? DiscoveryDocument.None : null;
        }

        if (document.Unusable > 0)
        {
            outputs.Say(NoticeLevel.Warning, $"{document.Unusable} entries of {path} are no activities that an experiment can have");
        }

        return document;
    }

    private int Refuse(string problem)
    {
        outputs.Say(NoticeLevel.Error, problem);
        return ExitCode.Usage(settings.Compatibility);
    }

    private int Stopped()
    {
        outputs.Say(NoticeLevel.Warning, "Nothing was written");
        return ExitCode.Stopped(settings.Compatibility);
    }
}
