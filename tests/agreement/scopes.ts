/** Writes random functions with local variables, dynamic scope, recursion and what leaves them. */
import type { Choices } from "./choices.ts";
import { NUMBERS, quoted, SCALARS, VALUES } from "./values.ts";
import type { Words } from "./words.ts";

/** @param commands writes commands, each on lines of its own */
export function scope(random: Choices, words: Words, commands: () => string): string {
  const name = random.pick([...SCALARS, ...NUMBERS]);
  const value = () => random.chance(60) ? words.literal() : words.inQuotes(0);
  const attributes = random.pick([
    "",
    "",
    "-i ",
    "-a ",
    "-u ",
    "-l ",
    "-r ",
    "-x ",
    "-A ",
    "-I ",
    "-g ",
    "-ar ",
    "-ix ",
  ]);
  const state = `show "\${${name}-unset}" "\${${name}+set}"`;
  const listed = `declare -p ${name}`;
  switch (random.below(11)) {
    case 0:
      return `s() { local ${attributes}${name}${
        random.chance(60) ? `=${value()}` : ""
      }; t; ${listed}; }\nt() { ${state}; ${name}${random.pick(["=", "+="])}${value()}; }\ns; echo $?; ${listed}`;
    case 1:
      return `s() { local ${name}=${value()}; t; ${state}; }\nt() { unset ${name}; ${state}; ${name}=${value()}; }\ns; ${state}`;
    case 2:
      return `s() { declare ${attributes}${name}=${value()}; ${listed}; unset ${name}; ${listed}; ${name}=${value()}; ${listed}; }\ns; ${listed}`;
    case 3:
      return `s() { local -; set ${random.pick(["-f", "-u", "+B", "-C", "-a"])}; ${commands()}\n}\ns; echo $-`;
    case 4:
      return `s() {\n((\${1:-0} >= 3)) && return $1\nlocal k$1=$1 y=\${1}; s $((y + 1)); show $? "$y" "\${k0-}" "\${k1-}" "$@"; return $y\n}\ns 0; echo $?`;
    case 5:
      return `${name}=${value()} s; s() { ${state}; ${name}=z; ${state}; env | grep "^${name}="; }; ${name}=${value()} s; ${state}`;
    case 6:
      return `s() { local -n z=$1; z${
        random.pick(["=", "+="])
      }${value()}; show "$z" "\${!z}"; }; s ${name}; ${state}; s "v[1]"; show "\${v[@]}"`;
    case 7:
      return `s() { ${random.pick(["for x in 1 2 3; do", "while :; do", "until false; do"])} ${
        random.pick(["return 3", "(exit 4); return", "break; return 5", "return $((1+1))"])
      }; done; echo no; }; s; echo $?`;
    case 8:
      return `s() { ${commands()}\n} ${
        random.pick([">o1", "2>o2", "<<<x", ">>o1 2>o2", "<f1", "</dev/null", "3>&1"])
      }\ns; echo $?; s | cat; cat o1`;
    case 9:
      return `s() { echo "$FUNCNAME \${#FUNCNAME[@]} $# $*"; shift; set -- "$@" ${value()}; show "$@"; }; s ${
        words.several(1)
      }; show "$@"; unset -f s; s; echo $?`;
    default:
      return `printf '%s\\n' ${quoted(random.pick(VALUES).replaceAll("\n", " "))} 'show "$@" "$0"' 'x=1' '${
        random.pick(["return 3", "false", "shift", "set -- q", "local a"])
      }' 'echo end' >s1; ${
        random.pick([". ./s1", ". ./s1 1 2", "source ./s1 x", "s() { . ./s1; echo $?; }; s"])
      }; show $? "$x" "$@"`;
  }
}
