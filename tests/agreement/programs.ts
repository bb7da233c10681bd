/**
 * Writes random programs that end, print what they do, and do the same in every shell that speaks bash's language: nothing in them
 * depends on time, processes' numbers, or the order of an associative array.
 */
import type { Choices } from "./choices.ts";
import { array } from "./arrays.ts";
import { declare, echo, elements, getopts, mapfile, positional, printf, read } from "./builtins.ts";
import { conditional, test } from "./conditionals.ts";
import { error } from "./errors.ts";
import { listing } from "./listings.ts";
import { pattern } from "./patterns.ts";
import { redirection } from "./redirections.ts";
import { scope } from "./scopes.ts";
import { failing, trapped } from "./traps.ts";
import { ARRAYS, ASSOCIATIVE, KEYS, NUMBERS, quoted, SCALARS, SEPARATORS, VALUES } from "./values.ts";
import { Words } from "./words.ts";

const OPTIONS = [
  "set -f",
  "set -u",
  "set -e",
  "set -eE",
  "set -o pipefail",
  "set +f",
  "set +e",
  "set +u",
  "shopt -s nullglob",
  "shopt -s dotglob",
  "shopt -s nocasematch",
  "shopt -s lastpipe",
  "shopt -s inherit_errexit",
  "shopt -u patsub_replacement",
  "set -o posix",
  "set +B",
  "set -a",
];

export class Programs {
  private readonly words: Words;
  private delimiters = 0;
  private counters = 0;
  /** How many loops, functions and command substitutions the place that is written now is in. */
  private loops = 0;
  private functions = 0;
  private substitutions = 0;

  private readonly extended: boolean;

  constructor(private readonly random: Choices) {
    this.extended = random.chance(70);
    this.words = new Words(random, () => this.substituted(), this.extended);
  }

  program(): string {
    const lines = this.extended ? ["shopt -s extglob"] : [];
    lines.push(...this.setUp());
    lines.push(...this.random.several(85, 8, () => this.statement(2)));
    return `${lines.join("\n")}\n`;
  }

  /** Gives variables their first values. */
  private setUp(): string[] {
    const { random } = this;
    const value = () => quoted(random.pick(VALUES));
    const values = () => random.several(70, 4, value).join(" ");
    const lines = [
      `a=${value()} b=${value()} c=${value()} d=${value()} e= i=${random.below(5)} n=${random.below(12) - 3}`,
      `v=(${values()}) w=([1]=${value()} [3]=${value()} [4]=${value()}) r=${
        random.pick(["a", "v", "v[1]", "v[@]", "h[k]", "1", "u"])
      } q1=x`,
      `declare -A h=([k]=${value()} ['x y']=${value()})`,
      `set -- ${values()}`,
    ];
    if (random.chance(40)) lines.push(`IFS=${quoted(random.pick(SEPARATORS))}`);
    if (random.chance(40)) lines.push(": >f1 >f2 >f3 >.f4; mkdir d; : >d/g1");
    if (random.chance(25)) lines.push(random.pick(OPTIONS));
    return lines;
  }

  /** Commands for a command substitution. */
  private substituted(): string {
    this.substitutions++;
    const commands = this.substitutedCommands();
    this.substitutions--;
    return commands;
  }

  private substitutedCommands(): string {
    const { random } = this;
    switch (random.below(6)) {
      case 0:
        return `printf '${random.pick(["a b", "a\\n\\n", "*", "", " x ", "a:b", "\\n"])}'`;
      case 1:
        return `show "$@"`;
      case 2:
        return `echo "$a$b"`;
      case 3:
        return `f ${random.pick(["", "1", '"$a"'])}`;
      case 4:
        return random.pick([
          "exit 3",
          "false",
          "return 4",
          "a=2; echo $a",
          "(echo x; exit 2)",
          "echo $?",
          "cat f1",
          "set -f; echo *",
        ]);
      default:
        return this.nested(0);
    }
  }

  /** A statement within another, which is no deeper than `depth`. */
  private nested(depth: number): string {
    return this.statement(Math.min(depth, 1));
  }

  private block(depth: number): string {
    return [this.statement(depth), ...this.random.several(35, 4, () => this.statement(depth))].join("\n");
  }

  /** Any command that is complete, without the newline at its end. */
  private statement(depth: number): string {
    const { random } = this;
    return random.statement(() => random.chance(40) && depth > 0 ? this.compound(depth - 1) : this.simple(depth));
  }

  private simple(depth: number): string {
    const { random, words } = this;
    switch (Math.max(random.below(46) - 10, 0)) {
      case 1:
      case 21:
        return this.assignment(depth);
      case 2:
        // Bash writes out the commands of a substitution to read them again, and is wrong about what follows a here-document.
        return this.substitutions > 0 ? this.andOr() : this.hereDocument();
      case 3:
        return printf(random, words);
      case 4:
        return read(random, this.substitutions === 0);
      case 5:
        return random.chance(50) ? mapfile(random) : echo(random, words);
      case 6:
        return getopts(random, words);
      case 7:
      case 8:
        return declare(random, words);
      case 9:
        return positional(random, words);
      case 10:
        return `${random.pick(OPTIONS)}; show ${words.several(1)}`;
      case 11:
      case 12:
        return `[[ ${conditional(random, words, this.extended)} ]]; echo $? "\${BASH_REMATCH[@]}"`;
      case 13:
        return `[ ${test(random, words)} ]; echo $?`;
      case 14:
        return `${this.arithmeticCommand()}; echo $? $i $n`;
      case 15:
        return this.andOr();
      case 16:
        return this.leaving();
      case 17:
        return this.redirected(depth);
      case 18:
        return random.pick([
          "echo $? ${PIPESTATUS[@]}",
          "true | false | true; echo ${PIPESTATUS[@]}",
          "! false; echo $?",
          'echo "$IFS" | cat -A',
          "IFS=" + quoted(random.pick(SEPARATORS)),
          "echo ${FUNCNAME[@]}",
          `eval ${quoted(`show ${words.word(1)}`)}`,
        ]);
      case 19:
        return `f ${words.several(0)}; echo $?`;
      case 20:
        return this.trap();
      case 22:
      case 23:
      case 24:
        return array(random, words);
      case 25:
      case 26:
        return listing(random, words, () => this.block(Math.min(depth, 1)));
      case 27:
        return scope(random, words, () => this.block(Math.min(depth, 1)));
      case 28:
      case 29:
      case 30:
        return redirection(random, words, () => this.block(Math.min(depth, 1)));
      case 31:
        return failing(random);
      case 32:
        return trapped(random, this.substitutions > 0);
      case 33:
      case 34:
      case 35:
        return error(random);
      default:
        return `show ${words.several(2)}`;
    }
  }

  private arithmeticCommand(): string {
    const expression = this.words.arithmetic(0);
    return this.random.chance(60) ? `((${expression}))` : `let "${expression}"`;
  }

  private assignment(depth: number): string {
    const { random, words } = this;
    const operator = () => random.pick(["=", "=", "+="]);
    switch (random.below(7)) {
      case 0:
        return `${random.pick(ARRAYS)}${operator()}(${elements(random, words)})`;
      case 1:
        return `${random.pick(ARRAYS)}[${random.pick(["0", "i", "n+2", "-1", "7", "$i"])}]${operator()}${
          words.word(1)
        }`;
      case 2:
        return `${ASSOCIATIVE}[${random.pick([...KEYS.slice(0, 4), '"$a"', "$i"])}]${operator()}${
          words.word(1)
        }; show "\${#h[@]}"; printf '%s\\n' "\${!h[@]}" | sort`;
      case 3:
        return `${random.pick(NUMBERS)}=$((${words.arithmetic(1)}))`;
      case 4:
        return `${random.pick(SCALARS)}=${words.word(depth)} ${random.pick(SCALARS)}=${words.word(1)} show ${
          words.word(1)
        }; show "$a" "$b" "$c" "$d"`;
      default:
        return `${random.pick(SCALARS)}${operator()}${words.word(depth)}; show "$a" "$b" "$c" "$d"`;
    }
  }

  private andOr(): string {
    const { random } = this;
    const command = () =>
      random.pick(["true", "false", "echo x", "(exit 3)", "[[ $a ]]", "! true", "f", "((n))", "{ false; }", "f | cat"]);
    const others = random.several(60, 4, () => `${random.pick(["&&", "||"])} ${command()}`);
    return `${[command(), ...others].join(" ")}; echo $?`;
  }

  /** Leaves a loop, a function or the program, now and then where there is none to leave. */
  private leaving(): string {
    const { random } = this;
    const condition = random.pick(["[[ $a ]] && ", "((i % 2)) && ", "false || ", "", "if [[ $x = b ]]; then "]);
    const levels = () => random.pick(["", " 1", " 2", " 5"]);
    const command = this.loops > 0 && random.chance(70)
      ? `${random.pick(["break", "continue"])}${levels()}`
      : this.functions > 0 || random.chance(20)
      ? `return ${random.pick(["", "3", "256", "-1", "$n"])}`
      : random.chance(30)
      ? `exit ${random.pick(["", "4", "257"])}`
      : `${random.pick(["break", "continue"])}${levels()}`;
    return `${condition}${command}${condition.startsWith("if") ? "; fi" : ""}`;
  }

  private hereDocument(): string {
    const { random } = this;
    const delimiter = `E${this.delimiters++}`;
    const literal = random.chance(25);
    const stripped = random.chance(25);
    const lines = random.several(70, 3, () => {
      const tabs = stripped ? random.pick(["", "\t", "\t\t"]) : "";
      if (literal) return tabs + random.pick(["$a `x`", "\\\\ \\$", "'\"", "a\\"]) + "\n";
      const before = random.pick(["", "x ", "'", '"', "\\$ ", "\\\\"]);
      return `${tabs}${before}${this.inHereDocument()}${random.pick(["", "\\a", " #", '"', "'", "\\\n"])}\n`;
    });
    const operator = `<<${stripped ? "-" : ""}${literal ? `'${delimiter}'` : delimiter}`;
    const command = random.pick([
      // What the redirections of a program assign is gone with its process in bash; see the README.
      `{ cat; } ${operator}`,
      `cat ${operator} | cat -A`,
      `while read -r x y; do show "$x" "$y"; done ${operator}`,
      `{ read x; cat; } ${operator}`,
    ]);
    return `${command}\n${lines.join("")}${stripped ? "\t" : ""}${delimiter}`;
  }

  /** An expansion but for `$*` and its kin, which bash joins now in one way, now in another there. */
  private inHereDocument(): string {
    const expansion = this.words.expansion(1, true);
    return /[{$]\*|\[\*\]/.test(expansion) ? "$a" : expansion;
  }

  private redirected(depth: number): string {
    const { random, words } = this;
    const commands = () => `show ${words.several(Math.min(depth, 1))}`;
    switch (random.below(9)) {
      case 0:
        return `${commands()} >o1; cat o1; wc -l <o1`;
      case 1:
        return `${commands()} >>o1; ${commands()} >>o1; cat <o1`;
      case 2:
        return `{ ${commands()}; ${commands()} >&3; } 3>&1 | sort`;
      case 3:
        return `{ echo x >&3; ${commands()}; } 3>&1 >o2; cat o2`;
      case 4:
        return `{ cat; } <<< ${words.word(1)}`;
      case 5:
        return `exec 4>o3; ${commands()} >&4; exec 4>&-; cat o3; echo y >&4; echo $?`;
      case 6:
        return `cat <none; echo $?; : >none/x; echo $?; ${commands()} &>o4; cat o4`;
      case 7:
        return `{ ${commands()}; } {fd}>o5 >&$fd; cat o5; cat < <(${commands()})`;
      default:
        return `set -C; echo 1 >o6; echo 2 >o6; echo $?; echo 3 >|o6; cat o6; set +C`;
    }
  }

  private trap(): string {
    const { random } = this;
    const condition = random.pick(["EXIT", "EXIT", "ERR", "ERR", "RETURN", "DEBUG", "0"]);
    // An action for DEBUG that fails or leaves would do so before every command that follows.
    const actions = ["echo trap $?", "show $a", "-"];
    // When an error ends the program, bash has not quite left the file of the program by then.
    if (!["EXIT", "0"].includes(condition)) actions.push("echo $FUNCNAME");
    // With -e there may be nothing left to return from but the file with the program itself.
    const leaving = condition === "RETURN" ? ["exit 5", "false", "return 3"] : ["exit 5", "false"];
    const action = random.pick(condition === "DEBUG" ? actions : [...actions, ...leaving]);
    return `trap ${quoted(action)} ${condition}`;
  }

  private compound(depth: number): string {
    const { random, words } = this;
    switch (random.below(14)) {
      case 0:
        return `if ${this.condition(depth)}; then\n${this.block(depth)}\n${
          random.chance(50) ? `else\n${this.block(depth)}\n` : ""
        }fi`;
      case 1:
      case 2:
        return `for x in ${random.chance(50) ? words.several(1) : "a b c"}; do\n${this.inLoop(depth)}\ndone; echo $?`;
      case 3:
        return this.countingFor(depth);
      case 4:
        return this.countingLoop(depth);
      case 5:
      case 6:
        return this.caseCommand(depth);
      case 7:
      case 8:
        return this.functionDefinition(depth);
      case 9:
      case 10:
        return `(${random.chance(20) ? "trap 'echo out' EXIT;" : ""}\n${this.block(depth)}\n); echo $? "$a"`;
      case 11:
        return `{\n${this.block(depth)}\n} | ${
          random.pick([
            "cat",
            "sort",
            "tr a b",
            'while read -r x; do show "$x"; done',
            '{ read x; show "$x"; cat; }',
            "cat -A",
          ])
        }; echo $? \${PIPESTATUS[@]}`;
      case 12:
        return `x=$(\n${this.inSubstitution(depth)}\n); echo $?; show "$x" $x`;
      default:
        return `{\n${this.block(depth)}\n}`;
    }
  }

  private inSubstitution(depth: number): string {
    this.substitutions++;
    const commands = this.block(depth);
    this.substitutions--;
    return commands;
  }

  private condition(depth: number): string {
    const { random, words } = this;
    switch (random.below(6)) {
      case 0:
        return `((${words.arithmetic(0)}))`;
      case 1:
        return `[ ${test(random, words)} ]`;
      case 2:
        return random.pick(["true", "! true", "false", "f", "! f 1", "f | f", "(exit 1)", "shift", "read x <f1"]);
      case 3:
        return `! [[ ${conditional(random, words, this.extended, depth)} ]]`;
      default:
        return `[[ ${conditional(random, words, this.extended, depth)} ]]`;
    }
  }

  /** The body of a loop. */
  private inLoop(depth: number): string {
    this.loops++;
    const body = `show "$x"\n${this.block(depth)}`;
    this.loops--;
    return body;
  }

  // Each loop has a counter of its own: one within it can't set it back.
  private countingFor(depth: number): string {
    const counter = `j${this.counters++}`;
    const limit = 1 + this.random.below(4);
    return `for ((${counter} = 0; ${counter} < ${limit}; ${counter}++)); do\n${this.inLoop(depth)}\ndone`;
  }

  private countingLoop(depth: number): string {
    const { random } = this;
    const counter = `k${this.counters++}`;
    const condition = random.pick([
      `while ((${counter}++ < 3))`,
      `until ((${counter}++ >= 3))`,
      `while ((${counter}++ < 2)) && ${this.condition(depth)}`,
    ]);
    return `${counter}=0; ${condition}; do\n${this.inLoop(depth)}\ndone; echo $?`;
  }

  private caseCommand(depth: number): string {
    const { random, words } = this;
    const alternative = () => withoutQuotedList(pattern(random, this.extended, () => words.expansion(0)));
    const clauses = random.several(80, 4, () => {
      const patterns = [alternative()];
      if (random.chance(30)) patterns.push(alternative());
      const commands = `echo ${this.counters++}${random.chance(60) ? `\n${this.statement(depth)}` : ""}`;
      // Without its parenthesis the word esac could not begin a pattern.
      return `(${patterns.join("|")})\n${commands}\n${random.pick([";;", ";;", ";;", ";&", ";;&"])}`;
    });
    return `case ${withoutQuotedList(words.word(1))} in\n${clauses.join("\n")}\nesac; echo $?`;
  }

  private localVariable(): string {
    const { random, words } = this;
    const attributes = random.pick(["", "-a ", "-u ", "-r ", "-n ", ""]);
    const name = attributes + random.pick([...SCALARS, "v", "l"]);
    // Of a nameref without a target, or to an element, bash tells otherwise here and there.
    if (attributes === "-n ") {
      return `${name}=${random.pick(["w", "new"])}`;
    }
    return random.chance(70) ? `${name}=${words.word(1)}` : name;
  }

  private functionDefinition(depth: number): string {
    const { random, words } = this;
    const loops = this.loops;
    this.loops = 0;
    this.functions++;
    const name = random.pick(["f", "f", "g"]);
    const local = random.chance(60) ? `local ${this.localVariable()}\n` : "";
    const body = `show "$#" "$@"\n${local}${this.block(depth)}`;
    this.functions--;
    this.loops = loops;
    // What calls the function that it is in goes no deeper than this.
    const guard = `((depth++ < 3)) || return 9`;
    const header = random.pick([`${name}()`, `function ${name}`]);
    const definition = random.chance(80) ? `${header} {\n${guard}\n${body}\n}` : `${header} (\n${guard}\n${body}\n)`;
    return `${definition}\n${name} ${words.several(0)}; echo $? "$a" "$l" "\${v[@]}"`;
  }
}

/** A word without `"$@"` and its kin, of which bash forgets empty elements in `case`. */
function withoutQuotedList(word: string): string {
  return word.includes('"') && /\$@|\{[!#]?@|\[@\]/.test(word) ? '"$a"' : word;
}
