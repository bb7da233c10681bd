/** Writes random calls of builtins that have much to agree on: printf, read, mapfile, getopts, declare and their kin. */
import type { Choices } from "./choices.ts";
import { ARRAYS, KEYS, NUMBERS, quoted, SCALARS, VALUES } from "./values.ts";
import type { Words } from "./words.ts";

const CONVERSIONS = [
  "%s",
  "%5s",
  "%-5s|",
  "%.2s",
  "%q",
  "%b",
  "%d",
  "%+d",
  "%05d",
  "%x",
  "%#o",
  "%X",
  "%u",
  "%i",
  "%c",
  "%.3f",
  "%e",
  "%g",
  "%%",
  "%5.1f",
  "% d",
  "%-4d|",
];
const FORMAT_TEXT = ["a", " ", "\\n", "\\t", "\\\\", "\\x41", "\\101", "\\u00e9", ":", "é", "\\e"];
const FORMAT_OPERANDS = [
  "1",
  "-1",
  "010",
  "0x1f",
  "'a'",
  '"\'a"',
  "''",
  "1.5",
  "abc",
  "12abc",
  "'a b'",
  "\\\\n",
  "'a\\tb'",
  "-- ",
  "9999999999999999999",
];

const ECHOED = [
  "-n",
  "-e",
  "-E",
  "-en",
  "-x",
  "--",
  "'a\\tb'",
  "'\\0101'",
  "'\\x41'",
  "'a\\cb'",
  "'\\\\'",
  "-neE",
  "'\\u00e9'",
];

export function printf(random: Choices, words: Words): string {
  const format = random.several(75, 4, () => random.pick(random.chance(70) ? CONVERSIONS : FORMAT_TEXT)).join("");
  const operands = random.several(70, 4, () => random.chance(60) ? random.pick(FORMAT_OPERANDS) : words.word(1));
  const variable = random.chance(15) ? `-v ${random.pick([...SCALARS, "v[1]", "h[k]"])} ` : "";
  return `printf ${variable}-- '${format.replaceAll("'", "")}' ${operands.join(" ")}; echo`;
}

export function echo(random: Choices, words: Words): string {
  const operands = random.several(70, 4, () => random.chance(50) ? random.pick(ECHOED) : words.word(1));
  return `${random.chance(10) ? "shopt -s xpg_echo; " : ""}echo ${operands.join(" ")}`;
}

const LINES = [
  "a b c\n",
  " a  b \n",
  "a:b::c:\n",
  "a\\ b c\n",
  "one\ntwo\n",
  "x\\\ny\n",
  "\n",
  "",
  "no end",
  "a\tb\n",
  ":\n",
  "é b\n",
  "a,b, c\n",
  "\\\\ \\a\n",
];

/** @param documents whether it may have a here-document */
export function read(random: Choices, documents: boolean): string {
  const options = random.pick(["", "", "-r", "-r", "-a v", "-ra v", "-d :", "-rd ''", "-n 2", "-N 3", "-rn1", "-d b"]);
  const names = options.includes("a") ? "" : random.pick(["", "a", "a b", "a b c", "v[1] b", "h[k]", "i"]);
  const input = quoted(random.pick(LINES) + random.pick(["", ...LINES]));
  const separators = random.chance(30) ? `IFS=${quoted(random.pick([":", "", " :", ",", "\\", "b"]))} ` : "";
  const reading = `${separators}read ${options} ${names}`;
  const after = `echo $?; show "$REPLY" "$a" "$b" "$c" "\${v[@]}"`;
  switch (random.below(documents ? 4 : 3)) {
    case 0:
      return `${reading} <<< ${input}\n${after}`;
    case 1:
      return `printf %s ${input} | { ${reading}; ${after}; cat; }`;
    case 2:
      return `while ${reading} || [[ $a$REPLY$v ]]; do show "$REPLY" "$a" "$b" "$c" "\${v[@]}"; a= REPLY= v=(); done < <(printf %s ${input})`;
    default:
      return `{ ${reading}; ${after}; cat; } <<E\n${input.slice(1, -1).replaceAll("'\\''", "'")}\nE`;
  }
}

export function mapfile(random: Choices): string {
  const options = random.pick(["", "-t", "-t -n 2", "-s 1", "-O 2 -t", "-d : -t", "-t -s 1 -n 1"]);
  return `${random.pick(["mapfile", "readarray"])} ${options} v <<< ${
    quoted(random.pick(LINES) + random.pick(LINES))
  }; show "\${v[@]}"; echo "\${!v[@]}"`;
}

export function getopts(random: Choices, words: Words): string {
  const options = random.pick(["ab:c", ":ab:c", "a", ":a:", "b:c:"]);
  const operands = random.several(
    75,
    5,
    () =>
      random.chance(75)
        ? random.pick(["-a", "-b", "x", "-bx", "-ab", "-acb", "--", "-", "-z", "-c", "'-b y'"])
        : words.literal(),
  );
  return `OPTIND=1; while getopts ${options} o ${
    operands.join(" ")
  }; do show "$o" "$OPTARG" $OPTIND; done; echo "$o $OPTIND"`;
}

/** A declaration, and how it is listed. */
export function declare(random: Choices, words: Words): string {
  const name = random.pick([...SCALARS, ...NUMBERS, "new"]);
  // A text that is no expression would be evaluated in subscripts later, of which bash says other things.
  const value = () => NUMBERS.includes(name) ? random.pick(["1", "-5", "010", "2+3", "''"]) : words.inQuotes(0);
  switch (random.below(8)) {
    case 0:
      return `declare ${random.pick(["-i", "-u", "-l", "-x", "-iu", "+i", "-ix", "-c"])} ${name}; ${name}${
        random.pick(["=", "+="])
      }${value()}; declare -p ${name}`;
    case 1:
      return `declare ${
        random.pick(["", "-i ", "-u ", "-l ", "-r ", "-a ", "-x "])
      }${name}=${value()}; declare -p ${name}`;
    case 2:
      return `declare -a ${random.pick(ARRAYS)}=(${elements(random, words)}); declare -p ${random.pick(ARRAYS)}`;
    case 3:
      return `declare -A g=([${random.pick(KEYS.slice(0, 3))}]=${words.word(1)}); declare -p g`;
    case 4:
      return `readonly ${name}=${words.literal()}; ${name}=2; echo "$${name}"; unset ${name}; echo $?`;
    case 5:
      return `declare -n m=${random.pick([...SCALARS, "v", "v[1]", "h[k]", "new"])}; m${random.pick(["=", "+="])}${
        words.word(1)
      }; show "$m" "\${!m}" "\${m[@]}"; unset ${random.pick(["m", "-n m"])}; declare -p ${name} v`;
    case 6:
      return `unset ${
        random.pick([...SCALARS, "v[1]", "v[-1]", "w[3]", "h[k]", "'h[x y]'", "v", "i", "-v a", "-f f"])
      }; declare -p ${name} v w`;
    default:
      return `export ${name}${random.chance(50) ? `=${words.literal()}` : ""}; env | grep "^${name}=" | head -n 1`;
  }
}

/** What may stand between the parentheses of an array's assignment. */
export function elements(random: Choices, words: Words): string {
  return random.several(70, 4, () => {
    const subscript = random.chance(25)
      ? `[${random.pick(["0", "3", "i", "n+1", "5", "${#v[@]}"])}]${random.pick(["=", "=", "+="])}`
      : "";
    // Bash takes a quote that is escaped for one that opens, if a substitution is around.
    const word = words.word(1).replaceAll("\\'", "x");
    // Bash shows the subscript with backslashes if there is no offset.
    if (/:\}/.test(word)) return word;
    // A word that begins as a subscript does would be one.
    return subscript + (subscript === "" && word.startsWith("[") ? `x${word}` : word);
  }).join(" ");
}

/** Makes a value of {@link VALUES} part of the positional parameters, and goes through them. */
export function positional(random: Choices, words: Words): string {
  switch (random.below(5)) {
    case 0:
      return `set -- ${words.several(1)}; show "$@"`;
    case 1:
      return `shift ${random.pick(["", "2", "0", "9"])}; echo $? $#; show $*`;
    case 2:
      return `for p; do show "$p" ${words.word(1)}; done`;
    case 3:
      return `set -- "$@" ${quoted(random.pick(VALUES))}; show "\${@: -1}" "\${@:0:0}" "$#"`;
    default:
      return `show "\${*:1:2}" "\${@:2}" $@ "x$@y" "$*"`;
  }
}
