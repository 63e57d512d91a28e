using System.Text.Json.Nodes;
using Turbulence.Activities;

namespace Turbulence.Running;

/// <summary>What belongs to an activity while it is carried out, however many attempts that takes.</summary>
/// <param name="Id">The activity's number.</param>
/// <param name="IsInBackground">Whether its stage goes on meanwhile.</param>
/// <param name="Turn">Its turn to make a large output a record.</param>
internal sealed record RunningActivity(long Id, bool IsInBackground, OutputTurn Turn)
{
    /// <summary>Told how far it is. Default: nobody listens.</summary>
    public Action<JsonObject> Progress { get; init; } = static _ => { };
}
