using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Turbulence.Faults.Arguments;
using Turbulence.Faults.Contracts;

namespace Turbulence.Faults.Targets;

/// <summary>
/// Reads a fault's arguments as its description declares them, their defaults included. Numbers may be texts, as an environment variable
/// gives them. The first thing that is wrong is kept in <see cref="Problem"/>; what is read after it counts for nothing.
/// </summary>
internal sealed class ArgumentReader
{
    private readonly FaultKindDescription description;
    private readonly JsonObject arguments;

    public ArgumentReader(FaultKindDescription description, FaultRequest request)
    {
        this.description = description;
        arguments = request.Arguments;
        Problem = new ArgumentCheck(description, [.. request.Services.Keys]) { Proxies = request.Proxies }
            .Problems(arguments)
            .Select(problem => problem.Text)
            .FirstOrDefault();
    }

    /// <summary>What is wrong, in one line; null where nothing is.</summary>
    public string? Problem { get; private set; }

    public bool Has(string name) => arguments[name] is not null;

    /// <summary>Keeps a problem, unless there is one already or this is none.</summary>
    public void Refuse(string? problem) => Problem ??= problem;

    /// <summary>A text, or a choice as the description writes it; null where it is not given and has no default.</summary>
    public string? Text(string name)
    {
        var (argument, value) = Find(name);
        return value is null ? null
            : argument.Type == ArgumentType.Choice ? ArgumentValue.TryChoice(argument, value, out var choice) ? choice : argument.Default
            : ArgumentValue.TryText(value, out var text) ? text : null;
    }

    /// <summary>The texts of a list, or the one that stands in its place; none where it is not given.</summary>
    public IReadOnlyList<string> Texts(string name) => Find(name).Value is { } value ? GivenArguments.Texts(value) : [];

    /// <summary>A regular expression; null where it is not given.</summary>
    public Regex? Pattern(string name) => Problem is null && Text(name) is { } text ? ArgumentValue.Pattern(text) : null;

    /// <summary>A whole number; 0 where it is not given and has no default.</summary>
    public long Integer(string name) => (long)(Read(name) ?? 0);

    /// <summary>A number; 0 where it is not given and has no default.</summary>
    public double Number(string name) => (double)(Read(name) ?? 0);

    /// <summary>A length of time; none where it is not given and has no default.</summary>
    public TimeSpan Seconds(string name) => TimeSpan.FromSeconds(Number(name));

    /// <summary>A number of bytes; null where it is not given and has no default.</summary>
    public long? Size(string name) => (long?)Read(name);

    /// <summary>True or false; false where it is not given and has no default.</summary>
    public bool Boolean(string name) =>
        Find(name).Value is { } value && ArgumentValue.TryBoolean(value, isWritten: false, out var flag) && flag;

    private decimal? Read(string name)
    {
        var (argument, value) = Find(name);
        return value is not null && ArgumentValue.TryNumber(argument, value, isWritten: false, out var number) ? number : null;
    }

    private (FaultArgument Argument, JsonNode? Value) Find(string name)
    {
        var argument = description.Arguments.First(argument => argument.Name == name);
        return (argument, arguments[name] ?? argument.Default);
    }
}
