/** Writes random words: quoting, and everything that is expanded in a word (XCU 2.2 and 2.6, bash manual 3.5). */
import type { Choices } from "./choices.ts";
import { expression } from "./arithmetic.ts";
import { parameterExpansion } from "./parameters.ts";
import { pattern } from "./patterns.ts";
import { ARRAYS, ASSOCIATIVE, EMPTY, KEYS, NUMBERS, quoted, SCALARS, UNSET, VALUES } from "./values.ts";

const PLAIN = [
  "a",
  "b",
  "x",
  "ab",
  "1",
  "12",
  "a.b",
  "-",
  "--x=1",
  "%",
  "+",
  ",",
  ":",
  "@",
  "^",
  "é",
  "/",
  "=",
  "x=",
  "a:b",
];
const ANSI = [
  "$'a\\tb'",
  "$'\\x41\\102'",
  "$'it\\'s'",
  "$'\\u00e9'",
  "$'\\\\'",
  "$'a\\nb'",
  "$'\\cA'",
  "$'\\e'",
  "$''",
];
const ESCAPES = ["\\a", "\\ ", "\\$", "\\\\", "\\'", '\\"', "\\#", "\\;", "\\*", "\\{"];
const BRACES = [
  "{a,b}",
  "{1..3}",
  "{3..1}",
  "{a..e..2}",
  "{01..03}",
  "x{,y}z",
  "{a,{b,c}d}",
  "{a}",
  "{1..2}{a,b}",
  "{,}",
  '{"a b",$a}',
  "{$i..3}",
  "{-1..1}",
  "a{b",
  "{a,b",
  "\\{a,b}",
  "{'a',\"b\"}",
  "$a{b,c}",
  "{a..$n}",
  "{1..10..4}",
  "{${a},${b}}",
];
/** What matches files that programs make, and what matches nothing. */
const GLOBS = [
  "f*",
  "*",
  "f?",
  "f[13]",
  "f[!1]",
  "none*",
  "./*",
  ".*",
  "f1*",
  "[f]2",
  "'f'*",
  "\\f*",
  "$a*",
  "d/*",
  "*/",
  "*/g*",
  "f[2-",
];

export class Words {
  /**
   * @param commands writes commands for a substitution; they end without a newline
   * @param extended whether extended globs may be written
   */
  constructor(
    private readonly random: Choices,
    private readonly commands: () => string,
    private readonly extended: boolean,
  ) {}

  /** A word; `depth` is how deep expansions may nest. */
  word(depth: number): string {
    const { random } = this;
    if (random.chance(25)) return this.inQuotes(depth);
    const parts = random.several(65, 3, () => this.part(depth));
    return parts.length === 0 ? "a" : parts.join("");
  }

  /** Several words with blanks between them. */
  several(depth: number): string {
    return this.random.several(65, 4, () => this.word(depth)).join(" ");
  }

  /** A word without anything to expand. */
  literal(): string {
    const { random } = this;
    return random.chance(30) ? random.pick(["a", "b", "x1", "12", "a.b", "é"]) : this.quotedValue();
  }

  /** Bash loses its way in arrays within quoted substitutions behind a quote that is escaped. */
  private quotedValue(): string {
    const value = this.random.pick(VALUES);
    return value.includes("'") ? `"${value}"` : quoted(value);
  }

  private part(depth: number): string {
    const { random } = this;
    switch (random.below(16)) {
      case 0:
        return this.quotedValue();
      case 1:
        return random.pick(ANSI);
      case 2:
        return random.pick(ESCAPES);
      case 3:
        return random.pick(BRACES);
      case 4:
        return random.pick(GLOBS);
      case 5:
        return random.chance(30) ? random.pick(["~", "~/x", "a~"]) : random.pick(PLAIN);
      case 6:
        return this.extended && random.chance(30)
          ? pattern(random, true, () => this.expansion(0), 1)
          : random.pick(PLAIN);
      case 7:
      case 8:
        return random.pick(PLAIN);
      case 9:
      case 10:
      case 11:
        return this.inQuotes(depth);
      default:
        return this.expansion(depth);
    }
  }

  /** A word that is all in double quotes. */
  inQuotes(depth: number): string {
    const { random } = this;
    const parts = random.several(60, 4, () =>
      random.chance(55) ? this.expansion(depth, true) : random.pick([
        "a",
        " ",
        "'",
        "#",
        "*",
        "\\$",
        '\\"',
        "\\\\",
        "\\a",
        "\\`",
        "\\\n",
        ";",
        ")",
        "}",
        "é",
        "~",
        "{a,b}",
      ]));
    // A list of `*` beside one of `@` confuses bash: the first is all that stays.
    const list = parts.findIndex((part) => /[{$][@*]|\[[@*]\]/.test(part));
    const text = parts.filter((part, index) => index <= list || list < 0 || !/[@*]/.test(part)).join("");
    return `"${text}${random.chance(5) ? "$" : ""}"`;
  }

  /** An expansion, which is not within quotes unless `inQuotes`. */
  expansion(depth: number, inQuotes = false): string {
    const { random } = this;
    const kind = random.below(depth > 0 ? 16 : 5);
    switch (kind) {
      case 0:
      case 1:
        return `\${${random.pick([...SCALARS, ...SCALARS, ...NUMBERS, EMPTY, UNSET])}}`;
      case 2:
        return random.pick(["$1", "$2", "$@", "$*", "$#", "${3}", "$?", "$@", "$*"]);
      case 3:
        return `\${${random.pick(ARRAYS)}[${random.pick(["@", "*", "0", "1", "-1", "i", "$n", "2"])}]}`;
      case 4:
        return random.chance(40) ? `\${${ASSOCIATIVE}[${random.pick(KEYS.slice(0, 4))}]}` : `$${random.pick(SCALARS)}`;
      case 5:
      case 6:
        return `$((${this.arithmetic(depth - 1)}))`;
      case 7:
      case 8:
        return this.substitution();
      default:
        return parameterExpansion(random, this, this.extended, depth, inQuotes);
    }
  }

  /** An arithmetic expression. */
  arithmetic(depth: number): string {
    return expression(this.random, () => depth > 0 ? `\${#${this.random.pick(SCALARS)}}` : "$n", 2);
  }

  private substitution(): string {
    const commands = this.commands();
    // Two parentheses would begin an arithmetic expansion.
    return `$(${commands.startsWith("(") ? " " : ""}${commands}${commands.includes("\n") ? "\n" : ""})`;
  }

  /** The word of an operator within `${…}`. */
  operand(depth: number, inQuotes: boolean): string {
    const { random } = this;
    return random.several(60, 4, () => {
      if (random.chance(45)) return this.expansion(Math.max(depth, 0), inQuotes);
      if (inQuotes) return random.pick(["a", " b ", "*", "\\}", '"c d"', "\\$", "#", "\\\\", "\\a", "~"]);
      else {return random.pick([
          "a",
          " b ",
          "*",
          "\\}",
          '"c d"',
          "''",
          "'e  f'",
          "#",
          "\\ ",
          "~",
          '"$@"',
          "$'\\t'",
          "x:y",
          '""',
        ]);}
    }).join("");
  }
}
