using System.Text;

namespace Attacks.Tests.Files;

/// <summary>Texts that were made to break a reader: of experiments, settings and variables.</summary>
public sealed class HostileTextTests : IDisposable
{
    private const string Fine =
        "title: t\ndescription: d\nmethod: [{ type: action, name: a, provider: { type: process, path: touch, arguments: [played] } }]\n";

    private readonly Room room = new();

    /// <summary>
    /// A name, the file's name, and its text in Latin-1. Without the gate each is read as one thing, another than the next one.
    /// </summary>
    /// <param name="reader">The number of what it is read as.</param>
    public static TheoryData<string, string, string> Texts(int reader) => Share.Of<TheoryData<string, string, string>>(
        new()
        {
            { "a bomb of aliases", "x.yaml", "a: &a [x, x, x, x, x, x, x, x, x]\n" + string.Concat(Enumerable.Range('b', 9).Select(letter =>
                $"{(char)letter}: &{(char)letter} [{string.Join(", ", Enumerable.Repeat($"*{(char)(letter - 1)}", 9))}]\n")) },
            { "an alias of itself", "x.yaml", "a: &a [*a]\n" },
            { "deep maps", "x.json", string.Concat(Enumerable.Repeat("{\"a\":", 100_000)) },
            { "deep lists in one line", "x.yaml", string.Concat(Enumerable.Repeat("- ", 100_000)) },
            { "bytes that are no text", "x.json", "{\"title\": \"\xff\xfe\xc3\x28\"}" },
            { "bytes that are no text in YAML", "x.yaml", "title: \xff\xfe\xc3\x28\n" },
            { "a zero byte", "x.yaml", "title: a\0b\n" },
            { "a number beyond all", "x.json", "{\"title\": 1e999999999, \"method\": [" + new string('9', 100_000) + "]}" },
            { "a key of a megabyte", "x.json", "{\"" + new string('k', 1 << 20) + "\": 1}" },
            { "a key twice", "x.json", "{\"title\": \"a\", \"title\": \"b\"}" },
            { "lone surrogates", "x.json", "{\"title\": \"\\ud800\", \"description\": \"\\udfff\"}" },
            { "types of a language", "x.yaml", "title: !!python/object/apply:os.system ['touch played']\n" },
            { "escapes of a terminal", "x.json", "{\"title\": \"\\u001b]0;owned\\u0007\\u001b[2J\"}" },
        },
        3, reader);

    public void Dispose() => room.Dispose();

    [Theory]
    [MemberData(nameof(Texts), 0)]
    public async Task As_an_experiment_it_is_refused_in_words(string what, string name, string text)
    {
        await WriteAsync(name, text);
        var end = await ChaosRun.RunAsync(room, "run", name);
        Promises.IsToldForPeople(end, 64);
        Assert.InRange(end.Said.Length, 20, 100_000);
        Assert.DoesNotContain('\u001b', end.Said);
        Assert.False(File.Exists(room.File("played")), what);
    }

    [Theory]
    [MemberData(nameof(Texts), 1)]
    public async Task As_settings_it_stops_nobody_in_the_middle(string what, string name, string text)
    {
        await WriteAsync(name, text);
        room.Write("e.yaml", Fine);
        var end = await ChaosRun.RunAsync(room, "--settings", name, "run", "e.yaml");
        Promises.IsToldForPeople(end, 0, 64);
        Assert.True(end.ExitCode == 0 == File.Exists(room.File("played")), what);
    }

    [Theory]
    [MemberData(nameof(Texts), 2)]
    public async Task As_variables_it_stops_nobody_in_the_middle(string what, string name, string text)
    {
        await WriteAsync(name, text);
        room.Write("e.yaml", Fine);
        var end = await ChaosRun.RunAsync(room, "run", "--var-file", name, "e.yaml");
        Promises.IsToldForPeople(end, 0, 64);
        Assert.True(end.ExitCode == 0 == File.Exists(room.File("played")), what);
    }

    private Task WriteAsync(string name, string text) =>
        File.WriteAllBytesAsync(room.File(name), Encoding.Latin1.GetBytes(text), TestContext.Current.CancellationToken);
}
