using System.Text.Json.Nodes;
using Turbulence.Experiments;

namespace Turbulence.Runs.Planning;

/// <summary>One activity of the experiment, as it would be carried out.</summary>
/// <param name="Activity">The activity, its reference followed.</param>
/// <param name="Provider">Its provider, with the values put in and without secrets.</param>
/// <param name="Fault">What it would do, where it is a fault; null for every other activity.</param>
public sealed record PlannedActivity(Activity Activity, JsonObject Provider, PlannedFault? Fault);
