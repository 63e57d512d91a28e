namespace Turbulence.Cli.Completions.Shells;

/// <summary>Bash, from 3.2 on, with and without the package bash-completion.</summary>
internal static class BashScript
{
    /// <summary>The script.</summary>
    public static ShellScript Script { get; } = new("bash", """"
        # Completion of chaos for bash. In ~/.bashrc:  source <(chaos completion bash)
        _chaos() {
            # Bash splits --option=value and URLs into pieces, and says so only by the spaces that are not between them.
            local rest="${COMP_LINE:0:COMP_POINT}" piece gap i n=-1
            local -a words=()
            for ((i = 0; i <= COMP_CWORD; i++)); do
                gap="${rest%%[![:space:]]*}"
                rest="${rest#"$gap"}"
                piece="${COMP_WORDS[i]}"
                if ((i == COMP_CWORD)); then piece="$rest"; fi
                rest="${rest#"$piece"}"
                if [[ $n -lt 0 || -n $gap ]]; then
                    n=$((n + 1))
                    words[n]="$piece"
                else
                    words[n]+="$piece"
                fi
            done
            local current="${words[n]}" line files=
            case $current in [\"\']*) current="${current:1}" ;; esac
            current="${current//\\/}"

            # Bash replaces what follows the last of these, where they part words for it.
            local replaced="$current"
            case $COMP_WORDBREAKS in *=*) replaced="${replaced##*=}" ;; esac
            case $COMP_WORDBREAKS in *:*) replaced="${replaced##*:}" ;; esac
            local kept="${current%"$replaced"}"

            COMPREPLY=()
            while IFS= read -r line; do
                case $line in
                    :*) files="${line:1}" ;;
                    *) line="${line%%$'\t'*}"; COMPREPLY+=("${line#"$kept"}") ;;
                esac
            done < <(command chaos complete -- "${words[@]:1:n-1}" "$current" 2>/dev/null)
            if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi

            [[ -n $files ]] || return 0
            case $current in --*=*) current="${current#*=}" ;; esac
            compopt -o filenames 2>/dev/null
            while IFS= read -r line; do
                case $files in
                    any) ;;
                    folders) [[ -d ${line/#\~/$HOME} ]] || continue ;;
                    *) [[ -d ${line/#\~/$HOME} || ",$files," == *",${line##*.},"* ]] || continue ;;
                esac
                COMPREPLY+=("$line")
            done < <(compgen -f -- "$current")
        }
        complete -F _chaos chaos

        """");
}
