using Turbulence.Documents;
using Turbulence.Experiments;
using Turbulence.Services;

namespace Turbulence.Activities;

/// <summary>An activity whose provider is looked at before anything of the experiment is run, and where the problems go.</summary>
/// <param name="Activity">The activity; its <c>provider.type</c> is the provider's.</param>
/// <param name="Path">The place of the activity (not of its provider) in the document.</param>
/// <param name="Problems">Receives the problems.</param>
public sealed record ActivityValidation(Activity Activity, DocumentPath Path, ProblemList Problems)
{
    /// <summary>The names of the services of the experiment. Default, null: nobody knows them.</summary>
    public IReadOnlyCollection<string>? Services { get; init; }

    /// <summary>
    /// The fault proxies that the experiment declares, by the name of the service that is reached through them. Default, null: nobody knows
    /// them.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ServiceProxy>>? Proxies { get; init; }
}
