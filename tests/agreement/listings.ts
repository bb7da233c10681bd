/** Writes random programs that have the shell show what it has read or runs: definitions of functions, traces, what names mean. */
import type { Choices } from "./choices.ts";
import { SCALARS } from "./values.ts";
import type { Words } from "./words.ts";

const OPTION_NAMES = ["errexit", "nounset", "pipefail", "noglob", "noclobber", "posix", "allexport", "braceexpand"];
const SHOPT_NAMES = ["extglob", "nullglob", "dotglob", "lastpipe", "nocasematch", "failglob", "globstar", "xpg_echo"];

/** @param commands writes commands, each on lines of its own */
export function listing(random: Choices, words: Words, commands: () => string): string {
  switch (random.below(8)) {
    case 0:
    case 1:
    case 2:
      return `p() {\n${commands()}\n}\n${
        random.pick(["declare -f p", "type p", "declare -fp p", "declare -F p; typeset -f p"])
      }`;
    case 3:
    case 4:
      return `PS4=${
        random.pick(["'+ '", "'> '", "'$i:'", "'\\u0041 '", "''"])
      }\nset -x\n${commands()}\n{ set +x; } 2>/dev/null`;
    case 5:
      return `${random.pick(["type", "type -t", "command -v", "command -V", "type -a"])} ${
        random.pick(["f", "cd", "if", "none", ":", "[[", "show", "export", "declare", "{", "!", "echo"])
      }; echo $?`;
    case 6:
      return random.pick([
        `set -o | grep -w ${random.pick(OPTION_NAMES)}`,
        `set +o | grep -w ${random.pick(OPTION_NAMES)}`,
        `shopt ${random.pick(["", "-p ", "-q "])}${random.pick(SHOPT_NAMES)}; echo $?`,
        `shopt -o ${random.pick(OPTION_NAMES)}; echo $?`,
        "echo $-",
        "echo $SHELLOPTS",
        `[[ -o ${random.pick(OPTION_NAMES)} ]]; echo $?`,
      ]);
    default:
      return random.pick([
        `set | grep '^${random.pick([...SCALARS, "v", "i"])}='`,
        `declare -p ${random.pick([...SCALARS, "v", "w", "i", "r"])}`,
        `printf '%q ' ${words.several(1)}; echo`,
        `(set -v; eval 'echo ${random.pick(["x", "$a", '"$b"'])} # c'; :)`,
        `echo "$BASH_COMMAND"; echo "\${FUNCNAME[@]}" $BASH_SUBSHELL`,
        `(echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL); echo $(echo $BASH_SUBSHELL))`,
        `trap -p`,
        `caller; caller 0; caller 1`,
        "declare -F; alias; hash -r",
      ]);
  }
}
