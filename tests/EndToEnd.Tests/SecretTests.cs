using Turbulence.Platform.Processes;

namespace EndToEnd.Tests;

/// <summary>
/// A secret is used, and told nowhere: not in the journal, the console, the log, a notification or to a control that does not ask for it.
/// </summary>
public sealed class SecretTests : IDisposable
{
    // It changes its look in JSON, in a URL and in a shell, and is still the same secret.
    private const string Secret = "tr0ub4dor \"&\" 3";

    private readonly Room room = new();

    public void Dispose() => room.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_reaches_no_channel(bool compatible)
    {
        room.Write("e.yaml", """
            title: "a title with ${token}"
            description: d
            secrets:
              scope:
                token: { type: env, key: SAMPLE_TOKEN }
                inline: an-inline-secret
            controls:
              - name: witness
                provider: { type: process, path: sh, args: ["-c", "cat >>control.out"] }
            steady-state-hypothesis:
              title: h
              probes:
                - type: probe
                  name: told
                  tolerance: { type: regex, target: stdout, pattern: nothing-like-it }
                  provider: { type: process, path: echo, arguments: ["${token}", "${inline}"] }
            method:
              - type: action
                name: used
                provider: { type: process, path: sh, arguments: ["-c", "printf %s \"$0\" >used; echo \"$0\" >&2; exit 3", "${token}"] }
              - type: probe
                name: asked
                provider: { type: http, url: "http://localhost:1/?t=${token}&i=${inline}", timeout: 1 }
              - type: probe
                name: missing
                provider: { type: process, path: sh, arguments: ["-c", "echo hi", "${inline}"], timeout: 5 }
            """);
        room.Write("settings.yaml", """
            notifications:
              - type: process
                run: [sh, "-c", "cat >>notified.out"]
            """);
        string[] mode = compatible ? ["--compat", "chaostoolkit"] : [];
        var options = new ProcessStartOptions
        {
            FileName = BuiltPrograms.Chaos,
            Arguments = [
                "--verbose", "--settings", "settings.yaml", .. mode, "run", "e.yaml", "--hypothesis-strategy", "after-method-only",
            ],
            WorkingDirectory = room.Path,
            Environment = new Dictionary<string, string>
            {
                ["SAMPLE_TOKEN"] = Secret,
                ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
                ["HOME"] = room.Path,
                ["DOTNET_ROOT"] = Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? "",
            },
            StandardOutput = ChildOutput.AppendTo(room.File("stdout.out")),
            StandardError = ChildOutput.AppendTo(room.File("stderr.out")),
        };
        Assert.True(ChildProcess.TryStart(options, out var process, out var failure), failure?.Message);
        await using (process)
        {
            await process
                .WaitForExitAsync(TestContext.Current.CancellationToken)
                .WaitAsync(ChaosRun.Deadline, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Secret, await File.ReadAllTextAsync(room.File("used"), TestContext.Current.CancellationToken));
        foreach (var channel in new[]
        {
            "journal.json",
            compatible ? "stderr.out" : "stdout.out",
            "chaostoolkit.log",
            "notified.out",
            "control.out",
        })
        {
            var text = await File.ReadAllTextAsync(room.File(channel), TestContext.Current.CancellationToken);
            Assert.True(text.Length > 100, $"{channel} says nothing");
            Assert.Contains("*****", text, StringComparison.Ordinal);
            foreach (var form in new[] { "tr0ub4dor", "an-inline-secret" })
            {
                Assert.False(text.Contains(form, StringComparison.Ordinal), $"{channel}: {text}");
            }
        }
    }
}
