using System.Diagnostics.CodeAnalysis;

namespace Turbulence.DotNetWorker.Assemblies;

/// <summary>Something that was looked for, or why it was not found.</summary>
internal sealed class Found<T>
    where T : class
{
    /// <summary>It was found.</summary>
    public Found(T value) => Value = value;

    private Found(string problem) => Problem = problem;

    /// <summary>What was found, or null.</summary>
    public T? Value { get; }

    /// <summary>Why it was not found, or null.</summary>
    public string? Problem { get; }

    /// <summary>It was not found.</summary>
    public static Found<T> Not(string problem) => new(problem);

    /// <summary>One of the two.</summary>
    public bool Is([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out string? problem)
    {
        (value, problem) = (Value, Problem);
        return value is not null;
    }
}
