namespace Turbulence.Cli.Completions.Shells;

/// <summary>Fish, from 3.0 on.</summary>
internal static class FishScript
{
    /// <summary>The script.</summary>
    public static ShellScript Script { get; } = new("fish", """
        # Completion of chaos for fish:  chaos completion fish > ~/.config/fish/completions/chaos.fish
        function __chaos_complete
            set -l words (commandline -opc)
            set -e words[1]
            set -l current (commandline -ct)
            for line in (command chaos complete -- $words "$current" 2>/dev/null)
                if not string match -q -- ':*' $line
                    printf '%s\n' $line
                    continue
                end
                set -l files (string sub -s 2 -- $line)
                test -n "$files"; or continue
                set -l kept (string match -r -- '^--[^=]+=' "$current")
                set -l begun (string replace -r -- '^--[^=]+=' '' "$current")
                for path in (complete -C "'' $begun" | string replace -r '\t.*' '')
                    set -l folder (string match -r -- '/$' $path)
                    set -l ending (string replace -r -- '.*\.' '' $path)
                    if test "$files" = any; or test -n "$folder"; or contains -- "$ending" (string split , -- $files)
                        printf '%s%s\n' $kept $path
                    end
                end
            end
        end
        complete -c chaos -e
        complete -c chaos -f -a '(__chaos_complete)'

        """);
}
