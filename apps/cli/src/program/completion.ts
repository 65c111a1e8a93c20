/**
 * What a shell is told to load. It asks this program what is possible, so that all shells offer the same, and what was
 * declared or executed since.
 */
export const completionScripts: Readonly<Record<Shell, string>> = {
  bash: `_omnibase() {
  local line="\${COMP_LINE:0:COMP_POINT}" cur words kept found
  read -ra words <<< "$line"
  [[ "$line" == *[[:space:]] ]] && words+=("")
  cur="\${words[\${#words[@]}-1]}"
  found=()
  while IFS= read -r line; do found+=("$line"); done < <("\${words[0]}" completion words -- "\${words[@]:1}" 2>/dev/null)
  COMPREPLY=()
  if [ "\${found[0]-}" = ":files" ]; then
    compopt -o filenames 2>/dev/null
    while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -f -- "\${cur##*=}")
    return
  fi
  # What stands before a colon or an equals sign is a word of its own to bash.
  kept="\${cur%"\${cur##*[:=]}"}"
  for line in "\${found[@]}"; do
    line="\${line%%$'\\t'*}"
    COMPREPLY+=("\${line#"$kept"}")
  done
}
complete -F _omnibase omnibase`,
  zsh: `#compdef omnibase
_omnibase() {
  local -a found described
  local line word
  found=("\${(@f)$("\${words[1]}" completion words -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "\${found[1]}" == ":files" ]]; then _files; return; fi
  for line in "\${found[@]}"; do
    [[ -n "$line" ]] || continue
    word="\${\${line%%$'\\t'*}//:/\\\\:}"
    [[ "$line" == *$'\\t'* ]] && word+=":\${line#*$'\\t'}"
    described+=("$word")
  done
  _describe -V omnibase described
}
if [ "\${funcstack[1]-}" = _omnibase ]; then _omnibase "$@"; else compdef _omnibase omnibase; fi`,
  fish: `function __omnibase_words
  set -l typed (commandline -opc) (commandline -ct)
  set -l found ($typed[1] completion words -- $typed[2..-1] 2>/dev/null)
  if test "$found[1]" = ":files"
    __fish_complete_path (commandline -ct)
  else if set -q found[1]
    printf '%s\\n' $found
  end
end
complete -c omnibase -f -a '(__omnibase_words)'`,
};

export type Shell = "bash" | "zsh" | "fish";

export const shells: readonly Shell[] = ["bash", "zsh", "fish"];
