/** Writes random parameter expansions in braces (XCU 2.6.2, bash manual 3.5.3). */
import type { Choices } from "./choices.ts";
import { expression } from "./arithmetic.ts";
import { pattern } from "./patterns.ts";
import { ARRAYS, ASSOCIATIVE, EMPTY, KEYS, NUMBERS, SCALARS, UNSET } from "./values.ts";
import type { Words } from "./words.ts";

/**
 * Transformations of any text. Those that show keys are left to arrays whose elements have an order, `A` to names: what it makes of `$@`
 * is split in bash even within double quotes, and so is what any of them makes of `$*`.
 */
const PLAIN = ["Q", "U", "u", "L", "E"];

/**
 * Writes `${…}` with any operator.
 *
 * @param quoted whether it stands within double quotes, where quotes in the operand of some operators mean themselves
 */
export function parameterExpansion(
  random: Choices,
  words: Words,
  extended: boolean,
  depth: number,
  quoted: boolean,
): string {
  const name = parameter(random);
  const inner = () =>
    random.chance(50) ? words.expansion(Math.min(depth - 1, 1)) : random.pick(["$a", "${b}", "$1", "$n"]);
  const glob = () => pattern(random, extended, inner, 1);
  const operand = () => words.operand(depth - 1, quoted);
  // Quotes count in a replacement even if it is within double quotes.
  const plainOperand = () => words.operand(depth - 1, false);
  switch (random.below(14)) {
    case 0:
      return `\${#${name}}`;
    case 1:
      return indirection(random, depth, operand, quoted);
    case 2:
      return `\${${name}@${
        random.pick(
          /^[@*]/.test(name) ? PLAIN : /^[vw]/.test(name) ? [...PLAIN, "A", "a", "K", "k"] : [...PLAIN, "A", "a"],
        )
      }}`;
    case 3:
      return `\${${name}${random.pick(["^", "^^", ",", ",,", "~", "~~"])}${random.chance(40) ? glob() : ""}}`;
    case 4:
    case 5:
      return `\${${name}:${offset(random, inner)}${random.chance(60) ? `:${offset(random, inner)}` : ""}}`;
    case 6:
    case 7:
      return `\${${name}${random.pick(["#", "##", "%", "%%"])}${glob()}}`;
    case 8:
    case 9:
      return `\${${name}${random.pick(["/", "//", "/#", "/%"])}${replaced(glob())}${
        random.chance(80) ? `/${replacement(random, plainOperand)}` : ""
      }}`;
    case 10:
      return `\${${name}${random.pick(["-", ":-", "+", ":+"])}${operand()}}`;
    case 11:
      return `\${${random.pick([UNSET, EMPTY, "u[1]", "v[7]"])}${
        random.pick(["-", ":-", "+", ":+", "=", ":="])
      }${operand()}}`;
    case 12: {
      // Of a list in the message bash leaves out what is empty, and single quotes in it if the quotes around are double.
      const message = () => random.pick(["", "no", "$b", "a\\$"]);
      return random.chance(50)
        ? `\${${random.pick([...SCALARS, UNSET])}${random.pick(["=", ":="])}${operand()}}`
        : `\${${random.pick([...SCALARS, UNSET])}${random.pick(["?", ":?"])}${message()}}`;
    }
    default:
      return `\${${name}}`;
  }
}

/**
 * The pattern of a replacement, which a slash would end; in bash nothing matches a bracket right behind the one
 * that opens, nor a quoted asterisk behind one that is not.
 */
const replaced = (text: string) => text.replaceAll("/", "").replaceAll(/\[[!^]?\]|'\*'|\\\*/g, "b");

function replacement(random: Choices, operand: () => string): string {
  return random.chance(50) ? random.pick(["", "-", "<&>", "\\&", "'&'", "[$a]", '"$b"', "\\\\", "/", "&&"]) : operand();
}

/** Anything that has a value, or not. */
function parameter(random: Choices): string {
  const kind = random.below(12);
  if (kind < 4) return random.pick(SCALARS);
  if (kind < 5) return random.pick(NUMBERS);
  if (kind < 6) return random.pick([EMPTY, UNSET]);
  if (kind < 7) return random.pick(["1", "2", "3", "10"]);
  if (kind < 9) return random.pick(["@", "*"]);
  if (kind < 11) {
    return `${random.pick(ARRAYS)}${random.pick(["", "[0]", "[1]", "[-1]", "[n]", "[@]", "[*]", "[@]", "[*]", "[5]"])}`;
  }
  return `${ASSOCIATIVE}[${random.pick(KEYS.slice(0, 3))}]`;
}

function indirection(random: Choices, depth: number, operand: () => string, quoted: boolean): string {
  // Without quotes bash joins a list of names by one thing or another where IFS is empty.
  const list = random.pick(quoted ? ["@", "*"] : ["@"]);
  switch (random.below(4)) {
    case 0:
      return `\${!r}`;
    case 1:
      return `\${!${random.pick(ARRAYS)}[${list}]}`;
    case 2:
      return random.pick(["${!r:1}", "${!r#?}", "${!r-none}", "${!r^^}", `\${!q${list}}`, "${!#}", "${!q1}"]);
    default:
      return depth > 0 ? `\${!r:-x${operand()}}` : "${!r}";
  }
}

function offset(random: Choices, inner: () => string): string {
  if (random.chance(60)) return random.pick(["0", "1", "2", " -1", " -2", "(1)", "n", "$i", "9", "1+1", "", " -9"]);
  return ` (${expression(random, inner, 1)}) % 5`;
}
