/** Writes random words, with everything that may be in them. What stands in substitutions is made by who is told at the start. */
import type { Random } from "./random.ts";

const NAMES = ["a", "b", "xyz", "_v1", "PATH"];
const PLAIN = ["x", "ab", "7", "12", "a.b", "-n", "--long=1", "/usr/x", "%", "+", ",", ":", "@", "^", "é", "\u{1f600}"];
const SPECIAL_ARGUMENTS = [
  "if",
  "then",
  "do",
  "done",
  "esac",
  "in",
  "{",
  "}",
  "!",
  "[[",
  "]]",
  "time",
  "function",
  "a#b",
  "~",
  "~/x",
];
const GLOBS = ["*", "?x", "[a-c]", "[!x]y", "{a,b}", "{1..3}", "a=b", "x=", "[", "]", "{x", "x}"];
const SINGLE_QUOTED = ["''", "'a b'", "'\"$x`'", "'\\'", "'a\nb'", "'#'", "'é'"];
const ANSI = ["$'a'", "$'\\t\\''", "$'\\x41\\101\\u00e9'", "$'\\\\'", "$'a\nb'"];
const ESCAPES = ["\\a", "\\ ", "\\$", "\\\\", "\\'", '\\"', "\\#", "\\;"];
const EXPRESSIONS = [
  "1",
  "a + 1",
  "a[1]",
  "(a + b) * 2",
  "a < 1 ? 2 : 3",
  "i++",
  "a, b",
  "a = 1",
  "x << 2",
  " ",
  "!a && b",
  "a\n+ 1",
];
const SPECIAL_PARAMETERS = ["@", "*", "#", "?", "-", "$", "!", "0", "1"];
const TRANSFORMATIONS = ["Q", "E", "P", "A", "a", "U", "u", "L", "K", "k"];

export class Words {
  /**
   * @param commands makes a list of commands for a substitution
   * @param extglob whether extended globs may be written
   */
  constructor(
    private readonly random: Random,
    private readonly commands: () => string,
    private readonly extglob: boolean,
  ) {}

  /** A word that may stand anywhere but for a command's name. `depth` is how deep expansions may nest. */
  word(depth: number): string {
    const { random } = this;
    if (random.chance(8)) return random.pick(SPECIAL_ARGUMENTS);
    let text = "";
    for (let count = 1 + random.below(3); count > 0; count--) text += this.part(depth);
    return text;
  }

  /** A name for a command: no reserved word, no assignment. */
  command(depth: number): string {
    const { random } = this;
    if (random.chance(70)) return random.pick(["a", "cmd", "x-y", "/bin/z", "[", "echo", ".", ":", "é", "1st"]);
    return random.pick(["a", "'b c'", '"d"', "\\e", "%f"]) + (random.chance(30) ? this.quotedPart(depth) : "");
  }

  name(): string {
    return this.random.pick(NAMES);
  }

  private part(depth: number): string {
    const { random } = this;
    switch (random.below(10)) {
      case 0:
        return random.pick(GLOBS);
      case 1:
        return random.pick(SINGLE_QUOTED);
      case 2:
        return random.pick(ESCAPES);
      case 3:
        return random.pick(ANSI);
      case 4:
      case 5:
        return this.quotedPart(depth);
      case 6:
        return this.expansion(depth, false);
      case 7:
        if (depth > 0 && random.chance(30)) return `${random.pick(["<", ">"])}(${this.commands()})`;
        if (this.extglob && random.chance(50)) return this.pattern(depth);
        return random.pick(PLAIN);
      default:
        return random.pick(PLAIN);
    }
  }

  /** An extended glob. */
  pattern(depth: number): string {
    const { random } = this;
    const alternatives: string[] = [];
    for (let count = 1 + random.below(2); count > 0; count--) {
      alternatives.push(random.pick(["a", "b c", "*", "'d'", '"e f"', "$g", "[h-j]"]));
    }
    if (depth > 0 && random.chance(20)) alternatives.push(this.pattern(depth - 1));
    return `${random.pick(["?", "*", "+", "@", "!"])}(${alternatives.join("|")})`;
  }

  private quotedPart(depth: number): string {
    const { random } = this;
    return `${random.chance(5) ? "$" : ""}"${this.inQuotes(depth)}"`;
  }

  /** What may stand in double quotes. */
  private inQuotes(depth: number): string {
    const { random } = this;
    let text = "";
    for (let count = random.below(4); count > 0; count--) {
      text += random.chance(40)
        ? this.expansion(depth, true)
        : random.pick(["a", " ", "'", "#", "*", "\\$", '\\"', "\\\\", "\\a", "\\`", "\n", "\\\n", ";", ")", "}", "é"]);
    }
    return text;
  }

  /** The body of a here-document whose delimiter is not quoted. */
  body(depth: number): string {
    let text = "";
    for (let count = this.random.below(4); count > 0; count--) {
      text += this.random.chance(40)
        ? this.expansion(depth, true)
        : this.random.pick(["a b", '"', "'", "\\$", "\\\\", "#", "\n", "\t", " )", "\\\n", "$"]);
    }
    return text === "" ? "" : `${text}.\n`;
  }

  private expansion(depth: number, quoted: boolean): string {
    const { random } = this;
    const kind = random.below(depth > 0 ? 12 : 4);
    switch (kind) {
      case 0:
      case 1:
        return `$${this.name()}`;
      case 2:
        return `$${random.pick(SPECIAL_PARAMETERS)}`;
      case 3:
        return `\${${this.name()}}`;
      case 4:
      case 5:
      case 6:
        return this.braces(depth, quoted);
      case 7:
        return `$((${this.expression(depth)}))`;
      case 8:
        return `$[${this.expression(depth)}]`;
      case 9:
        return "`" + random.pick(["a", "a b", "a | b", "a \\`b\\` c", "a \\$b \\\\\\\\", "# c", "if", ""]) + "`";
      default:
        return `$(${this.commands()})`;
    }
  }

  /** An arithmetic expression. */
  expression(depth: number): string {
    const { random } = this;
    if (depth === 0 || random.chance(60)) return random.pick(EXPRESSIONS);
    return `${random.pick(["1 + ", "", "("])}${this.expansion(depth - 1, true)}`.replace(/^\((.*)$/s, "($1)");
  }

  private braces(depth: number, quoted: boolean): string {
    const { random } = this;
    const name = this.name() +
      (random.chance(25) ? `[${random.pick(["@", "*", "1", "$i", "a b", '"k"', "i + 1"])}]` : "");
    const word = () => this.operand(depth - 1, quoted);
    const pattern = () => this.operand(depth - 1, false);
    switch (random.below(10)) {
      case 0:
        return `\${#${name}}`;
      case 1:
        return `\${!${name}}`;
      case 2:
        return `\${${name}@${random.pick(TRANSFORMATIONS)}}`;
      case 3:
        return `\${${name}${random.pick(["^", "^^", ",", ",,"])}${random.chance(50) ? pattern() : ""}}`;
      case 4:
        return `\${${name}:${random.pick(["0", "1", " -1", "(a ? b : c)", "$n"])}${
          random.pick(["", ":2", ": a + 1"])
        }}`;
      case 5:
        return `\${${name}${random.pick(["#", "##", "%", "%%"])}${pattern()}}`;
      case 6:
        return `\${${name}${random.pick(["/", "//", "/#", "/%"])}x${pattern().replaceAll("/", "")}${
          random.chance(70) ? `/${pattern()}` : ""
        }}`;
      case 7:
        return random.pick(["${#}", "${@:1}", "${!a@}", "${!b*}", "${!1}", "${10}", "${##}", "${#-}", "${a b}", "${}"]);
      default:
        return `\${${name}${random.pick(["-", "=", "?", "+", ":-", ":=", ":?", ":+"])}${word()}}`;
    }
  }

  /** The word within `${…}`. */
  private operand(depth: number, quoted: boolean): string {
    const { random } = this;
    let text = "";
    for (let count = random.below(3); count > 0; count--) {
      text += random.chance(30) && depth >= 0
        ? this.expansion(depth, quoted)
        : random.pick(["a", " b ", "*", "\\}", '"c d"', "''", "'e'", "#", "(", "x;y"]);
    }
    return text;
  }
}
