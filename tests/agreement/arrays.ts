/** Writes random uses of indexed and associative arrays (bash manual 6.7). */
import { elements } from "./builtins.ts";
import type { Choices } from "./choices.ts";
import { ARRAYS, ASSOCIATIVE, SCALARS } from "./values.ts";
import type { Words } from "./words.ts";

const SUBSCRIPTS = [
  "0",
  "1",
  "-1",
  "i",
  "n",
  "i+1",
  "$i",
  "${#v[@]}",
  "v[0]",
  "$((i*2))",
  "i++",
  "-2",
  "9",
  " 1 ",
  "'1'",
];
/** Of the associative array; no more than one is there, or the order of their list would show. */
const ALONE = ["k", "'x y'", '"$a"', "$i", "k", "a]b", "'*'", "@ "];

/** An array is changed, and shown. */
export function array(random: Choices, words: Words): string {
  const name = random.pick(ARRAYS);
  const subscript = random.pick(SUBSCRIPTS);
  const shown = `show "\${${name}[@]}"; show "\${!${name}[@]}"`;
  switch (random.below(14)) {
    case 0:
      return `${name}+=(${elements(random, words)}); ${shown}`;
    case 1:
      return `unset '${name}[${subscript.replaceAll("'", "")}]'; echo $?; ${shown}`;
    case 2:
      return `${name}=("\${${name}[@]${random.pick(["", ":1", "/a/b", "#?", "^", ": -1", ":0:2", "@Q", "%b"])}}" ${
        words.word(1)
      }); ${shown}`;
    case 3:
      return `${name}[${subscript}]${random.pick(["=", "+="])}${words.word(1)}; ${shown}`;
    case 4:
      return `for x in "\${!${name}[@]}"; do show "$x" "\${${name}[x]}" "\${${name}[$x]}" "\${#${name}[x]}"; done`;
    case 5:
      return `declare -p ${name}; show "\${${name}[@]@${random.pick(["K", "k", "a", "Q", "u"])}}"`;
    case 6:
      return `show "\${${name}[@]:${random.pick(["0", "1", "-2", " -1", "i", "2"])}${
        random.pick(["", ":1", ":2", ":i"])
      }}" "\${${name}[*]:1}"`;
    case 7:
      return `${ASSOCIATIVE}=([${random.pick(ALONE)}]${random.pick(["=", "+="])}${words.word(1)}); ${lone()}`;
    case 8:
      return `unset '${ASSOCIATIVE}['${
        random.pick(["k", "'x y'", "@", "none"])
      }]; echo $?; show "\${#h[@]}" "\${h[k]-unset}"`;
    case 9:
      return `unset ${ASSOCIATIVE}; declare -A ${ASSOCIATIVE}; ${ASSOCIATIVE}[${random.pick(ALONE)}]${
        random.pick(["=", "+="])
      }${words.word(1)}; ${lone()}`;
    case 10:
      return `${ASSOCIATIVE}=(${words.literal()} ${words.literal()}); ${lone()}`;
    case 11:
      return `printf '%s\\n' "\${!h[@]}" "\${h[@]${
        random.pick(["", "/a/b", "^^", "#*a", ":0", "@Q"])
      }}" | sort; [[ -v h[${random.pick(["k", "'x y'", "1"])}] ]]; echo $?`;
    case 12: {
      const target = random.pick([name, `${name}[1]`, ASSOCIATIVE, random.pick(SCALARS)]);
      return `declare -n z=${target}; ${
        random.pick(["z=x", "z+=y", "z[1]=q", "z+=(p)", "unset z", "z=(1 2)", "read z <<<r"])
      }; show "\${z[@]}" "\${!z}"; unset -n z; declare -p ${name}`;
    }
    default:
      return `show "\${${name}[${subscript}]}" "\${#${name}[${subscript}]}" "\${${name}[${subscript}]-none}" "\${${name}[${subscript}]+set}"`;
  }
}

/** The associative array, of which one element may be there. */
function lone(): string {
  return `((\${#h[@]} < 2)) && declare -p h && show "\${h[@]@K}" "\${h[@]@k}" "\${!h[@]}"; echo "\${#h[@]}"`;
}
