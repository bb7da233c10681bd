/** Writes random conditional expressions for `[[ ]]` (bash manual 6.4) and `[`. */
import type { Choices } from "./choices.ts";
import { expression } from "./arithmetic.ts";
import { pattern } from "./patterns.ts";
import { ARRAYS, EMPTY, NUMBERS, SCALARS, UNSET } from "./values.ts";
import type { Words } from "./words.ts";

// No ranges beyond ASCII: their order is the C library's, which refuses them in some locales.
const REGULAR_EXPRESSIONS = [
  "^a",
  "b$",
  "(a|b)(.)",
  "^(.*)[:X](.*)$",
  "[[:digit:]]+",
  "^[^a]*$",
  "(a*)(b?)(c+)",
  "x{2,3}",
  "^$",
  "(.)(.)?(.)?$",
  "\\.",
  "'a.b'",
  '"$a"',
  "$b",
  "^\\*$",
  "((a)|(b))+",
  "[a-c]\\ [x-z]",
  "(^| )b",
  "[]x]",
];

export function conditional(random: Choices, words: Words, extended: boolean, depth = 2): string {
  const inner = () => conditional(random, words, extended, depth - 1);
  const word = () => words.word(1);
  if (depth > 0 && random.chance(30)) {
    switch (random.below(4)) {
      case 0:
        return `! ${inner()}`;
      case 1:
        return `( ${inner()} )`;
      case 2:
        return `${inner()} && ${inner()}`;
      default:
        return `${inner()} || ${inner()}`;
    }
  }
  switch (random.below(10)) {
    case 0:
      return `${random.pick(["-n", "-z"])} ${word()}`;
    case 1:
      return `-v ${
        random.pick([...SCALARS, UNSET, EMPTY, "v", "v[1]", "v[9]", "w[-1]", "v[@]", "h[k]", "h[none]", "1", "9"])
      }`;
    case 2:
      return `${numeric(random)} ${random.pick(["-eq", "-ne", "-lt", "-le", "-gt", "-ge"])} ${numeric(random)}`;
    case 3:
      return `${word()} ${random.pick(["<", ">"])} ${word()}`;
    case 4:
    case 5:
      return `${word()} =~ ${random.pick(REGULAR_EXPRESSIONS)}`;
    case 6:
      return `-${random.pick(["e", "f", "d", "s", "x", "h", "r"])} ${
        random.pick(["f1", "f2", ".", "/dev/null", "none", "/"])
      }`;
    case 7:
      return word();
    default:
      return `${word()} ${random.pick(["=", "==", "!="])} ${pattern(random, extended, () => words.expansion(0))}`;
  }
}

function numeric(random: Choices): string {
  if (random.chance(30)) return `"${expression(random, () => "$i", 1)}"`;
  return random.pick([...NUMBERS, "$n", "${#a}", "$#", "0", "5", "-1", "010", `${random.pick(ARRAYS)}[0]`]);
}

/** The operands of a `test` with `[`, without its brackets. */
export function test(random: Choices, words: Words): string {
  const word = () => words.inQuotes(1);
  switch (random.below(7)) {
    case 0:
      return `${random.pick(["-n", "-z"])} ${word()}`;
    case 1:
      return word();
    case 2:
      return `${word()} ${random.pick(["=", "!=", "\\<", "\\>"])} ${word()}`;
    case 3:
      return `! ${word()} = ${word()}`;
    case 4:
      return `${word()} ${random.pick(["-a", "-o"])} ${word()}`;
    case 5:
      return `${random.pick(["$n", "$i", "3", '"$#"'])} ${random.pick(["-eq", "-lt", "-ge"])} ${
        random.pick(["1", "-2", "$i"])
      }`;
    default:
      return `-${random.pick(["e", "f", "d", "s"])} ${random.pick(["f1", ".", "none", '"$a"'])}`;
  }
}
