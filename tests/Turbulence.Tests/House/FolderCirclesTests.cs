using System.Text.RegularExpressions;

namespace Turbulence.Tests.House;

/// <summary>
/// No two folders of a room know each other, neither directly nor around a corner. A file knows the folders whose namespaces it uses (the
/// build lets no using stand that is not needed), and the room's own, whose types it sees without one, where it names one of them.
/// </summary>
public sealed partial class FolderCirclesTests
{
    private static readonly string Sources = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "src"));

    public static TheoryData<string> Rooms =>
        [.. Directory.GetDirectories(Sources).Select(room => Path.GetFileName(room)).Where(room => room != "Turbulence.DotNetWorker")];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void No_folder_of_a_room_knows_one_that_knows_it(string room)
    {
        var uses = Uses(room);
        Assert.NotEmpty(uses);
        var circles = uses.Keys.Where(folder => Reached(uses, folder).Contains(folder)).Order().ToList();
        Assert.True(circles.Count == 0, string.Join('\n', circles.Select(folder =>
            $"{folder} uses {string.Join(", ", uses[folder].Where(circles.Contains).Select(used => $"{used} ({string.Join(", ", Witnesses(room, folder, used).Take(3))})"))}")));
    }

    [Fact]
    public void The_engine_has_the_folders_that_are_looked_at()
    {
        var uses = Uses("Turbulence");
        Assert.Contains("Experiments", uses["Events"]);
        Assert.Contains("Events", uses["Journals"]);
        Assert.DoesNotContain("Running", uses["Journals"]);
        Assert.True(uses.Count > 15);
    }

    private static HashSet<string> Reached(Dictionary<string, HashSet<string>> uses, string from)
    {
        var reached = new HashSet<string>();
        var waiting = new Queue<string>(uses[from]);
        while (waiting.TryDequeue(out var folder))
        {
            if (reached.Add(folder))
            {
                foreach (var next in uses.GetValueOrDefault(folder) ?? [])
                {
                    waiting.Enqueue(next);
                }
            }
        }

        return reached;
    }

    private static Dictionary<string, HashSet<string>> Uses(string room)
    {
        var uses = new Dictionary<string, HashSet<string>>();
        foreach (var (folder, _, used) in Ties(room))
        {
            if (!uses.TryGetValue(folder, out var all))
            {
                uses[folder] = all = [];
            }

            all.UnionWith(used);
        }

        return uses;
    }

    private static IEnumerable<string> Witnesses(string room, string folder, string used) =>
        Ties(room).Where(tie => tie.Folder == folder && tie.Uses.Contains(used)).Select(tie => tie.File);

    private static IEnumerable<(string Folder, string File, HashSet<string> Uses)> Ties(string room)
    {
        var root = Path.Combine(Sources, room);
        var files = Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)).ToList();
        var atRoot = files.Where(file => Path.GetDirectoryName(file) == root).SelectMany(file => Declared().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value).ToHashSet();
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            var folder = Folder(Path.GetRelativePath(root, file).Replace('/', '.'));
            var used = Using().Matches(text).Select(match => match.Groups[1].Value)
                .Where(name => name.StartsWith($"{room}.", StringComparison.Ordinal)).Select(
                    name => Folder($"{name[(room.Length + 1)..]}.")).ToHashSet();
            if (folder != "" && Words().Matches(Comment().Replace(text, "")).Any(word => atRoot.Contains(word.Value)))
            {
                used.Add("");
            }

            used.Remove(folder);
            yield return (folder, Path.GetFileName(file), used);
        }
    }

    // "Values.Vault.X.cs" is in Values; "X.cs" stands in the room itself.
    private static string Folder(string path) =>
        path.Split('.') is [var folder, _, _, ..] parts && parts[^1] is "cs" ? folder : path.EndsWith('.') ? path.Split('.')[0] : "";

    [GeneratedRegex(@"^(?:public|internal)[\w ]*? (?:class|record struct|record|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    // Not what follows a point, which is a member.
    [GeneratedRegex(@"(?<![\w.])[A-Z]\w+")]
    private static partial Regex Words();
}
