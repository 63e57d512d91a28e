using Turbulence.Cli.Tests.Verbs;

namespace Turbulence.Cli.Tests.Completions;

/// <summary>The scripts in the shells that they are for: what is typed is completed by the shell itself.</summary>
public sealed class ShellScriptTests
{
    private static readonly (string Line, string[] Offered)[] Lines =
    [
        ("chaos ru", ["run"]),
        ("chaos run --str", ["--strict"]),
        ("chaos run ", ["exp.json", "exp.yaml", "my exp.json", "sub"]),
        ("chaos run my", ["my exp.json"]),
        ("chaos run --journal-path=no", ["--journal-path=notes.txt"]),
        ("chaos run --rollback-strategy d", ["default", "deviated"]),
        ("chaos run x --rollback-strategy=al", ["--rollback-strategy=always"]),
        ("chaos --change-dir ", ["sub"]),
        ("chaos faults kinds network.l", ["network.latency", "network.limit", "network.loss"]),
        ("chaos proxy toxic add p -t latency -a lat", ["latency="]),
        ("chaos completion ", ["bash", "fish", "pwsh", "zsh"]),
    ];

    [Fact]
    public async Task Bash_completes_words_values_and_files()
    {
        Needs.Program("bash", "bash");

        // All that is possible is put into the line (M-*), which is then carried out as the arguments of 'offered'.
        await AtTerminalAsync(
            "bash --norc --noprofile -i",
            "source <(chaos completion bash); offered() { printf '%s\\n' \"$@\" '.' >> offered.txt; }",
            "\e*",
            "\u0001");
    }

    [GateFact]
    public async Task Zsh_completes_words_values_and_files()
    {
        Needs.Program("zsh", "zsh");
        await AtTerminalAsync(
            "zsh -f -i",
            "source <(chaos completion zsh); zstyle ':completion:*' completer _all_matches _complete; zstyle ':completion:*' insert yes; "
                + "zstyle ':completion:*:complete:*' sort true; offered() { print -l -- \"$@\" '.' >> offered.txt }",
            "\t",
            "\u0001");
    }

    [GateFact]
    public async Task Fish_completes_words_values_and_files()
    {
        var fish = Needs.Program("fish", "fish");
        using var folder = Room();
        await EndAsync(
            folder,
            fish,
            "--no-config",
            "-c",
            "chaos completion fish | source; for line in (cat lines.txt); complete -C $line | string replace -r '\\t.*' '' >> offered.txt; "
                + "echo . >> offered.txt; end");
        AssertOffered(folder);
    }

    [Fact]
    public async Task PowerShell_completes_words_values_and_files()
    {
        var pwsh = Needs.Search("pwsh");
        Needs.That(pwsh is not null, "needs PowerShell (dotnet tool install --global PowerShell)");
        using var folder = Room();
        folder.Write(
            "ask.ps1",
            """
            chaos completion pwsh | Out-String | Invoke-Expression
            foreach ($line in Get-Content lines.txt) {
                $found = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
                foreach ($match in $found.CompletionMatches) {
                    $isFolder = $match.ResultType -eq 'ProviderContainer'
                    Add-Content offered.txt ($match.CompletionText.Trim("'").Replace('./', '') + $(if ($isFolder) { '/' }))
                }
                Add-Content offered.txt '.'
            }
            """);
        await EndAsync(folder, pwsh, "-NoProfile", "-NonInteractive", "-File", "ask.ps1");
        AssertOffered(folder);
    }

    // A shell edits lines only at a terminal. What is typed ahead of it waits there: no step has to wait for another one.
    private static async Task AtTerminalAsync(string shell, string setup, string all, string home)
    {
        var script = Needs.Program("script", "bsdutils");
        using var folder = Room();
        string[] typed = [setup, .. Lines.Select(line => $"{line.Line}{all}{home}offered \n"), "exit\n"];
        folder.Write("typed.txt", string.Concat(typed.Select((text, i) => i == 0 ? $"{text}\n" : text)));

        // The terminal is given what is typed a line at a time, when the shell is done with the one before.
        folder.Write(
            "type.sh",
            """
            n=0
            while IFS= read -r line; do
                while [ "$(grep -c '^\.$' offered.txt)" -lt "$n" ]; do read -r -t 0.02 <> pause; done
                printf '%s\n' "$line"
                case $line in *offered\ ) n=$((n + 1)) ;; esac
            done < typed.txt
            """);
        await EndAsync(
            folder,
            "/bin/bash",
            "-c",
            $"mkfifo pause; : > offered.txt; bash type.sh | '{script}' -qec '{shell}' /dev/null > screen.txt 2>&1");
        AssertOffered(folder, inLine: true);
    }

    private static TemporaryFolder Room()
    {
        var folder = new TemporaryFolder();
        foreach (var file in (string[])["exp.json", "exp.yaml", "my exp.json", "notes.txt", "sub/inner.json"])
        {
            folder.Write(file, "{}");
        }

        folder.Write("lines.txt", string.Join('\n', Lines.Select(static line => line.Line)) + "\n");
        return folder;
    }

    private static async Task EndAsync(TemporaryFolder folder, string program, params string[] args)
    {
        var path = $"{Path.GetDirectoryName(StartedCommand.Program)}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";
        Dictionary<string, string> environment = new()
        {
            ["PATH"] = path,
            ["HOME"] = folder["sub"],
            ["TERM"] = "xterm",
            ["INPUTRC"] = "/dev/null",
        };
        await using var command = StartedCommand.Start(folder, environment, program, args);
        var (code, error) = await command.EndAsync();
        Assert.True(code == 0, error);
    }

    private static void AssertOffered(TemporaryFolder folder, bool inLine = false)
    {
        List<string[]> found = [[]];
        foreach (var line in File.ReadLines(folder["offered.txt"]))
        {
            if (line == ".")
            {
                found.Add([]);
            }
            else
            {
                found[^1] = [.. found[^1], line];
            }
        }

        Assert.Equal(Lines.Length + 1, found.Count);
        foreach (var ((line, offered), got) in Lines.Zip(found))
        {
            // In the line stands also what was typed before the word. Not every shell ends a folder with a slash among several words.
            var words = got
                .Skip(inLine ? line.Split(' ').Length - 1 : 0)
                .Select(static word => word.TrimEnd('/'))
                .Order(StringComparer.Ordinal);
            Assert.Equal($"{line}: {string.Join(", ", offered)}", $"{line}: {string.Join(", ", words)}");
        }
    }
}
