namespace Turbulence.Cli.Tests.Verbs;

/// <summary>A worker in the place of Python's that answers what a test wants, and writes down what it was asked.</summary>
internal sealed class ScriptedPython(TemporaryFolder folder)
{
    // What does not begin as a message is the program that a real interpreter would read.
    private const string Script = """
        #!/bin/sh
        while IFS= read -r line; do
          case $line in '{"jsonrpc"'*) ;; *) continue ;; esac
          id=${line#*'"id":'}
          id=${id%%,*}
          printf '%s\n' "$line" >> "$0.asked"
          case $line in
            *'"method":"initialize"'*) result='{"protocol":1,"worker":{"name":"scripted","version":"1"},"runtime":{"name":"sh","version":"1","executable":"sh"},"capabilities":["describe","list"]}' ;;
            *'"method":"shutdown"'*) result=null ;;
            *) result=$(cat "$0.answer") ;;
          esac
          printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$result"
          case $line in *'"method":"shutdown"'*) exit ;; esac
        done
        """;

    public string Asked => File.Exists(folder["python.asked"]) ? File.ReadAllText(folder["python.asked"]) : "";

    /// <summary>Starts the command with a worker that gives this answer, on one line, to the one thing it is asked.</summary>
    public StartedCommand Start(string answer, params string[] args)
    {
        var program = folder.Write("python", Script.ReplaceLineEndings("\n"));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        folder.Write("python.answer", answer.ReplaceLineEndings(" "));
        return Start(folder, program, args);
    }

    /// <summary>Starts the command with this interpreter, real or not; the command keeps nothing outside of the folder.</summary>
    public static StartedCommand Start(TemporaryFolder folder, string interpreter, params string[] args) => StartedCommand.Start(
        folder,
        new()
        {
            ["TURBULENCE_PYTHON"] = interpreter,
            ["XDG_CACHE_HOME"] = folder["cache"],
            ["HOME"] = folder.Path,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
        },
        StartedCommand.Program,
        ["--no-log-file", .. args]);
}
