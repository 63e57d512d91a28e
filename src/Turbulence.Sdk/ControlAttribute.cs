namespace Turbulence.Sdk;

/// <summary>
/// Marks a public class as a control. Its public methods that are named for a hook are called around the parts of a run:
/// <c>ConfigureControl</c>, <c>CleanupControl</c>, <c>ValidateControl</c>, and <c>Before</c> or <c>After</c> with <c>LoadingExperiment</c>,
/// <c>Experiment</c>, <c>Hypothesis</c>, <c>Method</c>, <c>Rollback</c>, <c>Activity</c>; the endings <c>Control</c> and <c>Async</c> may
/// follow.
/// </summary>
/// <remarks>
/// <para>
/// A class with a public parameterless constructor has one instance for each control that names it; it is disposed of after
/// <c>CleanupControl</c>. A class without the attribute can be a control with static methods. Hooks of background activities come on
/// threads of their own.
/// </para>
/// <para>
/// Parameters are bound by name: <c>context</c> (what the hook stands around), <c>state</c> (what came of it, in <c>After</c> hooks),
/// <c>experiment</c>, <c>configuration</c>, <c>secrets</c>, <c>settings</c>, <c>control</c> (the declaration, in <c>ValidateControl</c>),
/// and the provider's arguments. What arrives as <see cref="System.Text.Json.Nodes.JsonObject"/>,
/// <see cref="System.Text.Json.Nodes.JsonArray"/> or <see cref="System.Text.Json.Nodes.JsonNode"/> may be changed, and the run goes on with
/// the changes. A <see cref="System.Threading.CancellationToken"/> and an <see cref="Microsoft.Extensions.Logging.ILogger"/> are supplied.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ControlAttribute : Attribute;
