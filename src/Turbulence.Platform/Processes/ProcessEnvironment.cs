using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Turbulence.Platform.Processes.Linux;

namespace Turbulence.Platform.Processes;

/// <summary>
/// An environment that does not change, for many children: what the system has to be given is made of it once, with the first. Thread-safe.
/// </summary>
/// <param name="variables">The variables; copied.</param>
[SuppressMessage("Naming", "CA1710", Justification = "The field calls it an environment.")]
public sealed class ProcessEnvironment(IEnumerable<KeyValuePair<string, string>> variables) : IReadOnlyDictionary<string, string>
{
    private readonly Dictionary<string, string> variables = new(variables);
    private CStrings? entries;

    /// <inheritdoc/>
    public int Count => variables.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => variables.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> Values => variables.Values;

    /// <summary>That of this process, as it is now.</summary>
    public static ProcessEnvironment OfProcess => new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Select(static entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? "")));

    /// <summary>What C wants of it, made once; it is there as long as this is.</summary>
    internal CStrings Entries => Volatile.Read(ref entries) ?? Interlocked.CompareExchange(ref entries, Encode(), null) ?? entries;

    /// <inheritdoc/>
    public string this[string key] => variables[key];

    /// <inheritdoc/>
    public bool ContainsKey(string key) => variables.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => variables.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => variables.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private CStrings Encode() => new([.. variables.Select(static entry => $"{entry.Key}={entry.Value}")]);
}
