using System.Text.Json.Nodes;

namespace Turbulence.Cli.Mcp;

/// <summary>Something that a client can have done: one tool a file.</summary>
internal interface ITool
{
    /// <summary>Its name in the protocol.</summary>
    string Name { get; }

    /// <summary>What it does and gives, for who has to choose among tools.</summary>
    string Description { get; }

    /// <summary>What it takes.</summary>
    IReadOnlyList<ToolArgument> Arguments { get; }

    /// <summary>Whether it leaves everything as it is.</summary>
    bool IsReadOnly { get; }

    /// <summary>Does it.</summary>
    /// <param name="arguments">What was given; it fits <see cref="Arguments"/>.</param>
    /// <param name="progress">Told what goes on, a line each time.</param>
    /// <param name="stop">Ends it; what was changed is taken back before it returns.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ToolException">It cannot be done.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    Task<JsonObject> CallAsync(IReadOnlyDictionary<string, string> arguments, Action<string> progress, CancellationToken stop);
}
