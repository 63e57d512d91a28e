using System.Text.Json.Nodes;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;
using Turbulence.Runs.Scopes;

namespace Turbulence.Testing.Isolation;

/// <summary>Says of a fault what a test leaves unsaid: whose requests, whose process, whose chance.</summary>
/// <param name="kinds">The kinds there are.</param>
/// <param name="seed">What chance comes from.</param>
/// <param name="baggage">The test's; null where everybody's requests are meant.</param>
internal sealed class NarrowedFault(FaultKinds kinds, int seed, TestBaggage? baggage)
{
    private static readonly string[] Targets = ["service", "pid", "pid_file", "port", "command"];

    /// <summary>The fault, with what was left unsaid.</summary>
    public ScopedFault Of(ScopedFault asked)
    {
        if (!kinds.TryGet(asked.Kind, out var kind))
        {
            return asked;
        }

        var known = kind.Description.Arguments.ToDictionary(static argument => argument.Name);
        var arguments = asked.Arguments.DeepClone().AsObject();
        if (asked.Kind.StartsWith("dotnet.", StringComparison.Ordinal) && !Targets.Any(arguments.ContainsKey))
        {
            arguments["pid"] = Environment.ProcessId;
        }

        Add(arguments, known, "seed", seed);
        var isNarrowed = baggage is not null && Add(arguments, known, "baggage", baggage.Entry);
        return asked with
        {
            Arguments = arguments,
            Hint = isNarrowed
                ? $"only requests of this test are meant, those with the baggage {baggage!.Entry}: make them in the flow of the test, or with "
                    + "CreateHandler(), and let services pass baggage on; IsIsolated = false means everybody's"
                : asked.Hint,
        };
    }

    private static bool Add(JsonObject arguments, Dictionary<string, FaultArgument> known, string name, JsonNode value) =>
        known.ContainsKey(name) && arguments.TryAdd(name, value);
}
