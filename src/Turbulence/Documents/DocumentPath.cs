using System.Globalization;
using System.Text;

namespace Turbulence.Documents;

/// <summary>
/// The way from the root of a document to one of its values. A path is a chain that shares its beginning with its
/// siblings, so walking a document costs one small object a step; the pointer text is made only for what is reported.
/// </summary>
public sealed class DocumentPath
{
    private readonly DocumentPath? parent;
    private readonly string? key;
    private readonly int index;

    private DocumentPath(DocumentPath? parent, string? key, int index)
    {
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    /// <summary>The whole document.</summary>
    public static DocumentPath Root { get; } = new(null, null, -1);

    /// <summary>The member <paramref name="name"/> of the object at this path.</summary>
    public DocumentPath this[string name] => new(this, name, -1);

    /// <summary>The element <paramref name="position"/>, counted from 0, of the array at this path.</summary>
    public DocumentPath this[int position] => new(this, null, position);

    /// <summary>The steps from the root: a member's name, or an element's index in digits.</summary>
    public IReadOnlyList<string> Steps
    {
        get
        {
            var steps = new List<string>();
            for (var step = this; step.parent is not null; step = step.parent)
            {
                steps.Add(step.key ?? step.index.ToString(CultureInfo.InvariantCulture));
            }

            steps.Reverse();
            return steps;
        }
    }

    /// <summary>The JSON pointer (RFC 6901); the empty text for the root.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var step in Steps)
        {
            text.Append('/').Append(step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return text.ToString();
    }
}
