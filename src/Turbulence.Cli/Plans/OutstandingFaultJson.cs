using System.Globalization;
using System.Text.Json.Nodes;
using Turbulence.Faults.Contracts;
using Turbulence.Faults.Ledgers;

namespace Turbulence.Cli.Plans;

/// <summary>Writes a fault that may be in for programs.</summary>
internal static class OutstandingFaultJson
{
    /// <summary>A fault that is in, for programs.</summary>
    public static JsonObject Of(FaultRecord fault, LedgerContent content) => new()
    {
        ["id"] = fault.Id,
        ["kind"] = fault.Kind,
        ["state"] = fault.State.ToString().ToLowerInvariant(),
        ["activity"] = fault.Activity,
        ["run"] = content.RunOf(fault)?.Title,
        ["runner"] = fault.Runner.Id,
        ["host"] = fault.Runner.IsElsewhere ? fault.Runner.Host : null,
        ["attended"] = LedgerContent.IsElsewhere(fault) ? null : content.IsAttended(fault),
        ["targets"] = new JsonArray([.. fault.Targets.Select(target => JsonValue.Create(target.Text))]),
        ["undo"] = fault.UndoText,
        ["due"] = fault.Due?.ToString("O", CultureInfo.InvariantCulture),
        ["problem"] = fault.Problem,
    };
}
