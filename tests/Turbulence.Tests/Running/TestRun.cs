using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Controls;
using Turbulence.Documents;
using Turbulence.Events;
using Turbulence.Experiments;
using Turbulence.Interruptions;
using Turbulence.Journals;
using Turbulence.Loading;
using Turbulence.Options;
using Turbulence.Running;
using Turbulence.Running.Faults;
using Turbulence.Running.Users;
using Turbulence.Tests.Controls;
using Turbulence.Values;

namespace Turbulence.Tests.Running;

/// <summary>Builds an experiment of scripted activities, runs it and keeps what happened.</summary>
internal sealed class TestRun : IRunObserver
{
    private readonly ConcurrentQueue<RunEvent> events = new();
    private readonly JsonArray method = [];
    private readonly JsonArray rollbacks = [];
    private readonly JsonArray probes = [];

    public ScriptedProvider Provider { get; init; } = new();

    public RunStop Stop { get; } = new();

    public JsonArray? HypothesisControls { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public RunOptions Options { get; init; } = new();

    public ResolvedValues Values { get; init; } = ResolvedValues.Empty;

    public IReadOnlyList<RunEvent> Events => [.. events];

    public JsonObject Document { get; } = new() { ["title"] = "t", ["description"] = "d" };

    public ScriptedControls Controls { get; } = new();

    public List<ControlDeclaration> GlobalControls { get; } = [];

    public ControlProviders? ControlProviders { get; init; }

    public JsonObject? Settings { get; init; }

    public IFaultKeeper Faults { get; init; } = NoFaults.Instance;

    public IUserLoad? Users { get; init; }

    /// <summary>How long the closing check goes on. Default: it is made once.</summary>
    public TimeSpan Settle { get; init; }

    public RunTimeLimit? TimeLimit { get; init; }

    public string RunId { get; init; } = "run";

    public SideFiles SideFiles { get; init; } = SideFiles.None;

    public IJournalSource? Journal { get; set; }

    public IEnumerable<string> Notices(NoticeLevel level) =>
        Events.OfType<Notice>().Where(notice => notice.Level == level).Select(notice => notice.Text);

    public List<IRunObserver> Observers { get; } = [];

    public Action<RunEvent>? OnEvent { get; set; }

    public IEnumerable<string> Activities(RunPhase phase) =>
        Events.OfType<ActivityEnded>().Where(ended => ended.Run.Phase == phase).Select(ended => ended.Run.Activity.Name);

    public ActivityRun Run(string name) => Events.OfType<ActivityEnded>().Last(ended => ended.Run.Activity.Name == name).Run;

    public bool RollbacksPlayed => Events.OfType<RollbacksDecided>().Single().Played;

    public TestRun Probe(string name, JsonNode? tolerance = null, JsonObject? more = null)
    {
        var probe = Activity("probe", name, more);
        probe["tolerance"] = tolerance ?? true;
        probes.Add(probe);
        return this;
    }

    public TestRun Action(string name, JsonObject? more = null) => Add(method, "action", name, more);

    public TestRun MethodProbe(string name, JsonObject? more = null) => Add(method, "probe", name, more);

    public TestRun Rollback(string name, JsonObject? more = null) => Add(rollbacks, "action", name, more);

    /// <summary>Adds scripted controls to the experiment.</summary>
    public TestRun Controlled(params IEnumerable<string> names)
    {
        Document["controls"] = ScriptedControls.List(names);
        return this;
    }

    public TestRun Globally(params IEnumerable<string> names)
    {
        GlobalControls.AddRange(names.Select(name => new ControlDeclaration(name, ScriptedControls.Declare(name))));
        return this;
    }

    public Task<RunOutcome> RunAsync()
    {
        if (probes.Count > 0)
        {
            var hypothesis = new JsonObject { ["title"] = "h", ["probes"] = probes };
            if (HypothesisControls is not null)
            {
                hypothesis["controls"] = HypothesisControls;
            }

            Document["steady-state-hypothesis"] = hypothesis;
        }

        Document["method"] = method;
        Document["rollbacks"] = rollbacks;
        Map = IsText
            ? JsonDocumentReader.Read(Encoding.UTF8.GetBytes(Document.ToJsonString()), late: "method").Map
            : new DocumentMap { Root = Document };
        var experiment = new Experiment((JsonObject)Map.Frame!, Map, "test", Path.GetTempPath());
        var controls = new RunControls(ControlProviders ?? new ControlProviders(Controls))
        {
            Global = GlobalControls,
            Settings = Settings,
            Journal = Journal,
        };
        return new ExperimentRunner(
            experiment, Values, Options with { Settle = Settle }, new ActivityProviders(Provider), Stop, Time, new RunEquipment
            {
                Controls = controls,
                Faults = Faults,
                TimeLimit = TimeLimit,
                RunId = RunId,
                SideFiles = SideFiles,
                Users = Users,
            }, [this, .. Observers]).RunAsync();
    }

    /// <summary>Whether the method is text until somebody needs its values, as it is when an experiment is loaded. Default: no.</summary>
    public bool IsText { get; init; }

    /// <summary>The experiment's places; known once it runs.</summary>
    public DocumentMap Map { get; private set; } = new();

    /// <summary>Whether what happened is kept. Default: yes.</summary>
    public bool Keeps { get; init; } = true;

    public void On(RunEvent happened)
    {
        if (Keeps)
        {
            events.Enqueue(happened);
        }

        OnEvent?.Invoke(happened);
    }

    private TestRun Add(JsonArray list, string type, string name, JsonObject? more)
    {
        list.Add(Activity(type, name, more));
        return this;
    }

    private static JsonObject Activity(string type, string name, JsonObject? more)
    {
        var activity = new JsonObject
        {
            ["type"] = type,
            ["name"] = name,
            ["provider"] = new JsonObject { ["type"] = "scripted", ["key"] = name },
        };
        foreach (var (key, value) in more ?? [])
        {
            activity[key] = value?.DeepClone();
        }

        return activity;
    }
}
