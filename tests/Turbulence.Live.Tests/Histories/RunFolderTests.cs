using System.Diagnostics;
using System.Net;
using Turbulence.Live.Histories;
using Turbulence.Live.Serving;
using Turbulence.Live.Tests.Serving;

namespace Turbulence.Live.Tests.Histories;

/// <summary>The runs of a folder, as a list and each by itself.</summary>
public sealed class RunFolderTests : IDisposable
{
    private static readonly string Journals = Path.Combine(BuiltProgram.Root, "tests", "Turbulence.Reports.Tests", "Journals");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Journals_are_found_in_folders_below_and_other_files_are_told_with_the_reason()
    {
        Take("passed.json", "today/passed.json");
        Take("deviated.json", "deviated.json");
        folder.Write("broken.json", "{");
        folder.Write("experiment.json", """{"title":"t","description":"d","method":[]}""");
        folder.Write("notes.txt", "none of ours");

        var content = new RunFolder(folder.Path).Read();

        Assert.Equal(["deviated.json", "today/passed.json"], content.Runs.Select(static run => run.Name));
        Assert.Equal(["broken.json", "experiment.json"], content.Unread.Select(static one => one.Name).Order());
        Assert.Single(content.Runs[0].Weaknesses);
        Assert.Equal(0, content.LeftOut);
    }

    [Fact]
    public void What_has_changed_is_read_again_and_what_is_gone_is_no_longer_shown()
    {
        Take("passed.json", "a.json");
        Take("failed.json", "b.json");
        var runs = new RunFolder(folder.Path);
        Assert.Equal(2, runs.Read().Runs.Count);

        Take("deviated.json", "a.json");
        File.Delete(folder["b.json"]);

        Assert.Equal("deviated", Assert.Single(runs.Read().Runs).Summary.Verdict.Word);
    }

    [Fact]
    public void Links_are_not_followed()
    {
        Needs.That(!OperatingSystem.IsWindows(), "links need rights there");
        using var elsewhere = new TemporaryFolder();
        File.Copy(Path.Combine(Journals, "passed.json"), elsewhere["journal.json"]);
        File.CreateSymbolicLink(folder["file.json"], elsewhere["journal.json"]);
        Directory.CreateSymbolicLink(folder["folder"], elsewhere.Path);
        Directory.CreateSymbolicLink(folder["circle"], folder.Path);

        Assert.Empty(new RunFolder(folder.Path).Read().Runs);
    }

    [Fact]
    public void A_pipe_is_not_waited_for()
    {
        Needs.That(OperatingSystem.IsLinux(), "it is told what a path names");
        Take("passed.json", "passed.json");
        Shell("mkfifo pipe.json");

        var content = new RunFolder(folder.Path).Read();

        Assert.Single(content.Runs);
        Assert.Equal("it is no file but a device, a pipe or a socket", Assert.Single(content.Unread).Problem);
    }

    [Fact]
    public void Names_that_are_not_UTF_8_hide_nothing_but_their_files()
    {
        Needs.That(OperatingSystem.IsLinux(), "names are bytes there");
        Take("passed.json", "passed.json");
        Shell("touch \"$(printf '\\377').json\" \"$(printf '\\376').json\"");
        try
        {
            var runs = new RunFolder(folder.Path);

            Assert.Single(runs.Read().Runs);
            Assert.Equal("nothing can be found by this name", Assert.Single(runs.Read().Unread).Problem);
        }
        finally
        {
            // .NET cannot delete what it cannot name.
            Shell("rm -f ./*");
        }
    }

    [Fact]
    public async Task The_page_leads_to_the_report_of_each_run_and_to_nothing_else()
    {
        Take("passed.json", "passed.json");
        var runs = new RunFolder(folder.Path);
        await using var server = await PageServer.StartAsync(new HistorySite(runs, "1.2.3"), 0);
        using var visitor = await Visitor.LetInAsync(server.Address);

        var page = await TextAsync(visitor, "/");
        var link = $"run/{Assert.Single(runs.Read().Runs).Key}";
        Assert.Contains($"href=\"{link}\"", page, StringComparison.Ordinal);
        Assert.Contains("<title>passed: Kill the primary</title>", await TextAsync(visitor, "/" + link), StringComparison.Ordinal);
        Assert.NotEmpty(await TextAsync(visitor, "/page.css"));
        foreach (var path in (string[])["/run/", "/run/passed.json", "/run/..%2f..%2fetc%2fpasswd", "/run//etc/passwd", "/live.js", "/events"])
        {
            using var answer = await visitor.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        using var halt = await visitor.PostAsync("/halt", visitor.Origin);
        Assert.Equal(HttpStatusCode.NotFound, halt.StatusCode);
    }

    [Fact]
    public async Task A_run_that_comes_while_the_page_is_served_is_on_it_the_next_time()
    {
        var runs = new RunFolder(folder.Path);
        await using var server = await PageServer.StartAsync(new HistorySite(runs, "1.2.3"), 0);
        using var visitor = await Visitor.LetInAsync(server.Address);
        Assert.Contains("There is no journal in this folder", await TextAsync(visitor, "/"), StringComparison.Ordinal);

        Take("passed.json", "<b>&\".json");
        var page = await TextAsync(visitor, "/");
        Assert.Contains("&lt;b&gt;&amp;&quot;.json", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
    }

    private void Shell(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command]) { WorkingDirectory = folder.Path })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    private static async Task<string> TextAsync(Visitor visitor, string path)
    {
        using var answer = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private void Take(string journal, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.Copy(Path.Combine(Journals, journal), folder[name], overwrite: true);
        File.SetLastWriteTimeUtc(folder[name], TimeProvider.System.GetUtcNow().UtcDateTime);
    }
}
