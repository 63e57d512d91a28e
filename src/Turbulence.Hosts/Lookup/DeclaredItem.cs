using System.Text.Json;
using System.Text.Json.Nodes;
using Turbulence.Documents;

namespace Turbulence.Hosts.Lookup;

/// <summary>An activity or a control whose code is looked up.</summary>
/// <param name="Declaration">Its object in the experiment.</param>
/// <param name="Write">Writes it as the worker is told.</param>
/// <param name="Unknown">What to say of it where nothing can be looked up, and why.</param>
internal sealed record DeclaredItem(JsonObject Declaration, Action<Utf8JsonWriter> Write, Func<string, CodeProblem> Unknown)
{
    /// <summary>
    /// Where it is declared, which tells it again when its object was made anew from the text; null where the object alone does.
    /// </summary>
    public DocumentPath? Place { get; init; }

    /// <summary>What has to be loaded for it: items with one text have one module or assembly.</summary>
    public string Code => Declaration["provider"] is JsonObject provider ? $"{provider["module"]}{provider["assembly"]}" : "";

    /// <summary>What is called: items with one text have one function or method.</summary>
    public string Function =>
        Declaration["provider"] is JsonObject provider ? $"{Code} {provider["class"]} {provider["func"]}{provider["method"]}" : "";

    /// <summary>
    /// All that its check depends on: of activities with one text, which differ in their names alone, either all can be carried out or
    /// none.
    /// </summary>
    public string Demand =>
        $"{Declaration.Parent is JsonObject} {Declaration["type"]?.ToJsonString()} {Declaration["provider"]?.ToJsonString()}";
}
