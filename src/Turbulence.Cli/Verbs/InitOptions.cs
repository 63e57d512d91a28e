using System.CommandLine;
using Turbulence.Cli.CommandLine;

namespace Turbulence.Cli.Verbs;

/// <summary>The options of <c>chaos init</c>: each question has one that answers it.</summary>
internal sealed class InitOptions
{
    /// <summary>What was discovered.</summary>
    public Option<string?> DiscoveryPath { get; } = new("--discovery-path")
    {
        HelpName = "PATH",
        Description = "Offer the activities of this discovery document. [default: ./discovery.json, where there is one]",
    };

    /// <summary>Where the experiment goes.</summary>
    public Option<string> ExperimentPath { get; } = new("--experiment-path")
    {
        HelpName = "PATH",
        Description = "Write the experiment to this file: .json, .yaml or .yml.",
        DefaultValueFactory = static _ => "./experiment.json",
    };

    /// <summary>Whether a file that is there is replaced.</summary>
    public Option<bool> Force { get; } = Choice.Flag("--force", "Replace the file if it exists.");

    /// <summary>Whether nobody is asked.</summary>
    public Option<bool> Yes { get; } = Choice.Flag("--yes", "Ask nothing: take the options, and what is usual where there are none.");

    /// <summary>The title.</summary>
    public Option<string?> Title { get; } = Text("--title", "TEXT", "The title of the experiment.");

    /// <summary>What it is about.</summary>
    public Option<string?> Description { get; } = Text("--description", "TEXT", "What the experiment is about.");

    /// <summary>The title of the steady state.</summary>
    public Option<string?> SteadyState { get; } = Text("--steady-state", "TEXT", "The title of the steady state.");

    /// <summary>Whether there is no steady state.</summary>
    public Option<bool> NoSteadyState { get; } = Choice.Flag("--no-steady-state", "Check nothing before and after the method.");

    /// <summary>URLs of the steady state.</summary>
    public Option<string[]> Urls { get; } = Several("--url", "URL", "Steady state: this URL answers with the status 200; repeatable.");

    /// <summary>Probes of the steady state.</summary>
    public Option<string[]> Probes { get; } = Several(
        "--probe",
        "WHAT",
        "Steady state: a command ('systemctl is-active web'), a URL, or a discovered probe ('name key=value'); repeatable.");

    /// <summary>The tolerances of the probes.</summary>
    public Option<string[]> Tolerances { get; } = Several(
        "--tolerance",
        "VALUE",
        "What the --probe at the same place has to give: 204, true, [1, 2], /regex/. [default: exit code 0, status 200, true]");

    /// <summary>What is done.</summary>
    public Option<string[]> Actions { get; } = Several(
        "--action", "WHAT", "Method: a command, a request ('POST http://...'), or a discovered activity; repeatable.");

    /// <summary>Faults of the method.</summary>
    public Option<string[]> Faults { get; } = Several(
        "--fault",
        "KIND ...",
        "Method: a fault with its arguments ('process.kill port=8001 duration=5'), as chaos faults kinds has them; repeatable.");

    /// <summary>Whether URLs of the steady state are asked.</summary>
    public Option<bool> Ask { get; } = Choice.Flag("--ask", "Ask each --url once, now, and expect the status that it answers.");

    /// <summary>What puts it back.</summary>
    public Option<string[]> Rollbacks { get; } = Several("--rollback", "WHAT", "The same, to put the system back; repeatable.");

    /// <summary>Who uses the system meanwhile.</summary>
    public Option<string?> Users { get; } = Text(
        "--users",
        "URL@RATE",
        "Send so many requests a second there through the whole run, and say what they felt: http://localhost:5000/@10.");

    /// <summary>Every option, in the order of the help.</summary>
    public IEnumerable<Option> All =>
    [
        DiscoveryPath, ExperimentPath, Force, Yes, Title, Description, SteadyState, NoSteadyState, Urls, Ask, Probes, Tolerances, Actions,
        Faults,
        Rollbacks,
        Users,
    ];

    private static Option<string?> Text(string name, string helpName, string description)
    {
        var option = new Option<string?>(name) { HelpName = helpName, Description = description };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var word }] && string.IsNullOrWhiteSpace(word))
            {
                result.AddError($"{name} needs a text");
            }
        });
        return option;
    }

    private static Option<string[]> Several(string name, string helpName, string description) =>
        new(name) { HelpName = helpName, Description = description };
}
