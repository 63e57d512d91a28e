namespace Turbulence.Cli.Completions.Shells;

/// <summary>Zsh, from 5.0 on.</summary>
internal static class ZshScript
{
    /// <summary>The script.</summary>
    public static ShellScript Script { get; } = new("zsh", """
        #compdef chaos
        # Completion of chaos for zsh. In ~/.zshrc:  source <(chaos completion zsh)
        # Or as a file _chaos in a folder of $fpath.
        _chaos() {
            local -a offered answer
            local line word summary files=
            answer=("${(@f)$(command chaos complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
            for line in "${answer[@]}"; do
                case $line in
                    :*) files=${line#:} ;;
                    *$'\t'*)
                        word=${line%%$'\t'*} summary=${line#*$'\t'}
                        offered+=("${word//:/\\:}${summary:+:$summary}") ;;
                esac
            done
            local found=1
            if (( $#offered )); then
                if [[ $#offered -eq 1 && ${answer[1]} == *=$'\t'* ]]; then
                    _describe -V chaos offered -S '' && found=0
                else
                    _describe -V chaos offered && found=0
                fi
            fi
            if [[ -n $files ]]; then
                [[ $PREFIX == --*=* ]] && compset -P '*='
                case $files in
                    any) _files && found=0 ;;
                    folders) _files -/ && found=0 ;;
                    *) _files -g "*.(${files//,/|})(-.)" && found=0 ;;
                esac
            fi
            return found
        }
        if [[ ${funcstack[1]} == _chaos ]]; then
            _chaos "$@"
        else
            (( ${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
            compdef _chaos chaos
        fi

        """);
}
