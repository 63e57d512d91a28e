using System.Text.Json.Nodes;
using Turbulence.Activities;
using Turbulence.Experiments;

namespace Turbulence.Runs.Planning;

/// <summary>One activity of the experiment, as it would be carried out.</summary>
/// <param name="Activity">The activity, its reference followed.</param>
/// <param name="Provider">Its provider, with the values put in and without secrets.</param>
/// <param name="Change">What it would change that has to be taken back, without secrets; null for nothing.</param>
public sealed record PlannedActivity(Activity Activity, JsonObject Provider, PlannedChange? Change);
