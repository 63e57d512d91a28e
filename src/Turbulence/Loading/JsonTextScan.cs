using System.Text.Json;
using Turbulence.Documents;

namespace Turbulence.Loading;

/// <summary>
/// Goes over the elements of a list that stays text: finds where each of them begins and ends, and everything that would be wrong with it
/// if it were made values.
/// </summary>
/// <param name="list">Receives the elements.</param>
/// <param name="names">Gives the names of members.</param>
/// <param name="warnOfDuplicate">Told of a member whose name the same object has had before, with the place of the name.</param>
internal sealed class JsonTextScan(JsonTextList list, TextCache names, Action<string, SourcePosition> warnOfDuplicate)
{
    private readonly List<Level> levels = [];
    private int begun;
    private int start;
    private SourcePosition at;

    /// <summary>How many lists and objects are open, the list itself left out.</summary>
    public int Depth { get; private set; }

    /// <summary>Whether the innermost one is an object.</summary>
    public bool InObject => Depth > 0 && levels[Depth - 1].IsObject;

    /// <summary>Receives the elements.</summary>
    public JsonTextList List { get; } = list;

    /// <summary>The way to the value that was read last.</summary>
    /// <param name="path">The list's.</param>
    public DocumentPath Path(DocumentPath path)
    {
        path = begun == 0 ? path : path[begun - 1];
        foreach (var level in levels.Take(Depth))
        {
            path = level switch
            {
                { IsObject: true, Name: { } name } => path[name],
                { IsObject: false, Count: > 0 } => path[level.Count - 1],
                _ => path,
            };
        }

        return path;
    }

    /// <summary>Takes a token.</summary>
    /// <returns>False for the end of the list.</returns>
    /// <exception cref="InvalidOperationException">It holds half of a surrogate pair.</exception>
    public bool Take(ref Utf8JsonReader reader, SourcePosition position)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                TakeName(names.Get(ref reader), position);
                return true;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                Begin(ref reader, position);
                Open(reader.TokenType == JsonTokenType.StartObject);
                return true;
            case JsonTokenType.EndArray when Depth == 0:
                return false;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                Depth--;
                break;
            default:
                if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }

                Begin(ref reader, position);
                break;
        }

        if (Depth == 0)
        {
            List.Add(start, (int)reader.BytesConsumed, at);
        }

        return true;
    }

    private void TakeName(string name, SourcePosition position)
    {
        var level = levels[Depth - 1];
        level.Name = name;
        if (Depth == 1)
        {
            List.Mention(name);
        }

        level.SeenBefore = level.Seen.Add(name) ? null : position;
    }

    private void Begin(ref Utf8JsonReader reader, SourcePosition position)
    {
        if (Depth > 0)
        {
            var level = levels[Depth - 1];
            level.Count++;
            if (level.SeenBefore is { } again)
            {
                // A name whose value never comes is not said to stand there twice.
                level.SeenBefore = null;
                List.HasDuplicates = true;
                warnOfDuplicate(level.Name!, again);
            }

            return;
        }

        begun++;
        (start, at) = ((int)reader.TokenStartIndex, position);
    }

    private void Open(bool isObject)
    {
        if (levels.Count == Depth)
        {
            levels.Add(new Level());
        }

        levels[Depth++].Reset(isObject);
    }

    // Used again for each that is as deep.
    private sealed class Level
    {
        public HashSet<string> Seen { get; } = [];

        public bool IsObject { get; private set; }

        public int Count { get; set; }

        public string? Name { get; set; }

        /// <summary>Where the name stands, when the object has had it before and its value has not begun yet.</summary>
        public SourcePosition? SeenBefore { get; set; }

        public void Reset(bool isObject)
        {
            (IsObject, Count, Name, SeenBefore) = (isObject, 0, null, null);
            Seen.Clear();
        }
    }
}
