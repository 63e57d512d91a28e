using System.Text.Json.Nodes;
using Turbulence.Values;

namespace Turbulence.Controls;

/// <summary>
/// One call of one hook. Each object is a copy, made when it is first asked for and then kept, so that a hook pays only for
/// what it reads. To change the run, a hook returns the objects that it changed (<see cref="ControlChanges"/>): the
/// difference to the copy that it was handed is written into the live ones.
/// </summary>
/// <param name="control">The control.</param>
/// <param name="level">What the hook stands around.</param>
/// <param name="side">On which side.</param>
/// <param name="scene">What all hooks of the run share.</param>
/// <param name="context">The live object that the level is about (see <see cref="Context"/>).</param>
/// <param name="state">Gives the live state (see <see cref="State"/>); called at most once.</param>
public sealed class ControlCall(
    ControlDeclaration control, ControlLevel level, ControlSide side, ControlScene scene, JsonNode context, Func<JsonNode?>? state = null)
{
    // Each copy twice: the hook may change the one that it is handed.
    private readonly Dictionary<ControlObject, (JsonNode? Handed, JsonNode? Kept)> copies = [];
    private JsonObject? arguments;

    /// <summary>The control.</summary>
    public ControlDeclaration Control { get; } = control;

    /// <summary>What the hook stands around.</summary>
    public ControlLevel Level { get; } = level;

    /// <summary>On which side.</summary>
    public ControlSide Side { get; } = side;

    /// <summary>What all hooks of the run share.</summary>
    public ControlScene Scene { get; } = scene;

    /// <summary>
    /// What the level is about: the source's name (loader), the experiment (experiment, method, rollback), the hypothesis, or
    /// the activity, its references followed.
    /// </summary>
    public JsonNode Context => Copy(ControlObject.Context)!;

    /// <summary>
    /// What came of the level, after it: the experiment's document (loader), the journal (experiment), the state of the check
    /// (hypothesis), the list of runs (method, rollback), or the run entry (activity), all as the journal has them. Null before
    /// the level, where it came to nothing, and where nobody keeps it (the journal and the lists, in a run without a journal).
    /// </summary>
    public JsonNode? State => Copy(ControlObject.State);

    /// <summary>The experiment's document. The same as <see cref="Context"/> where that is the experiment.</summary>
    public JsonObject Experiment => (JsonObject)Copy(ControlObject.Experiment)!;

    /// <summary>The configuration, resolved.</summary>
    public JsonObject Configuration => (JsonObject)Copy(ControlObject.Configuration)!;

    /// <summary>The secrets, resolved, every scope of them, in clear.</summary>
    public JsonObject Secrets => (JsonObject)Copy(ControlObject.Secrets)!;

    /// <summary>
    /// <c>provider.arguments</c>, with its placeholders replaced; the names without a value are in <see cref="Unresolved"/>.
    /// </summary>
    public JsonObject Arguments
    {
        get
        {
            if (arguments is null)
            {
                lock (Scene.Gate)
                {
                    arguments = (JsonObject?)Substitution.Apply(Control.Arguments, Scene.Values, Unresolved) ?? [];
                }
            }

            return arguments;
        }
    }

    /// <summary>The names in the arguments that stand as <c>${name}</c> and have no value; known once the arguments were read.</summary>
    public ICollection<string> Unresolved { get; } = [];

    /// <summary>
    /// Where <see cref="Context"/> stands in <see cref="Experiment"/>, as a JSON pointer (RFC 6901): a worker can make the two
    /// one object again. Null where it does not stand there.
    /// </summary>
    public string? ContextPointer
    {
        get
        {
            lock (Scene.Gate)
            {
                return LivePointer.Of(context, Scene.Experiment);
            }
        }
    }

    /// <summary>The live object behind a copy.</summary>
    internal JsonNode? Live(ControlObject of) => of switch
    {
        ControlObject.Context => context,
        ControlObject.State => state?.Invoke(),
        ControlObject.Experiment => Scene.Experiment,
        ControlObject.Configuration => Scene.Values.Configuration,
        _ => Scene.Values.Secrets,
    };

    /// <summary>What the hook was handed, as it was then; what it would have been handed, where it did not ask.</summary>
    internal JsonNode? Before(ControlObject of) => Copies(of).Kept;

    private JsonNode? Copy(ControlObject of) => Copies(of).Handed;

    private (JsonNode? Handed, JsonNode? Kept) Copies(ControlObject of)
    {
        if (!copies.TryGetValue(of, out var both))
        {
            lock (Scene.Gate)
            {
                var live = Live(of);
                both = (live?.DeepClone(), live?.DeepClone());
            }

            copies[of] = both;
        }

        return both;
    }
}
