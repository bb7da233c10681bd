/** Writes random programs that are valid: everything that the grammar has, in layouts that change nothing. */
import type { Random } from "./random.ts";
import { Words } from "./words.ts";

/** What may be written. */
export interface Dialect {
  readonly extglob: boolean;
  /** Whether `|5>` and its kin are operators. */
  readonly streams: boolean;
}

const REDIRECTIONS = ["<", ">", ">>", ">|", "<>", "&>", "&>>", "<<<"];
const DUPLICATIONS = ["<&0", ">&1", "2>&1", "<&-", "3>&-", "4<&5-", ">&$a", "{v}>&-", "{w[1]}<&3"];
const CONDITIONAL_OPERATORS = ["-eq", "-lt", "-nt", "-ef", "<", ">"];

export class Programs {
  private readonly words: Words;
  private text = "";
  /** The bodies of here-documents, to come behind the next newline. */
  private bodies = "";
  private delimiters = 0;

  constructor(private readonly random: Random, private readonly dialect: Dialect) {
    this.words = new Words(random, () => this.substitution(), dialect.extglob);
  }

  /** A program of some complete commands. */
  program(): string {
    for (let count = 1 + this.random.below(3); count > 0; count--) {
      this.list(2 + this.random.below(2));
      this.newline();
    }
    return this.text;
  }

  private write(text: string): void {
    this.text += text;
  }

  private blank(): void {
    this.write(this.random.pick([" ", " ", " ", "  ", "\t", " \\\n", "\\\n "]));
  }

  private newline(): void {
    if (this.random.chance(10)) this.write(" # comment ' \" $( `");
    this.endLine();
    if (this.random.chance(10)) this.write(this.random.pick(["\n", "# a\n", " \t\n"]));
  }

  /** Ends the line, and writes the bodies of the here-documents in it. */
  private endLine(): void {
    this.write(`\n${this.bodies}`);
    this.bodies = "";
  }

  /** Newlines where the grammar allows them, or a blank. */
  private linebreak(): void {
    if (this.random.chance(25)) this.newline();
    else this.blank();
  }

  /** The text of the commands of a substitution. */
  private substitution(): string {
    const { text, bodies } = this;
    this.text = this.random.pick(["", " ", "\n"]);
    this.bodies = "";
    if (this.random.chance(90)) this.list(0);
    if (this.bodies !== "") this.newline();
    const commands = this.text;
    this.text = text;
    this.bodies = bodies;
    // Two parentheses would begin an arithmetic expansion.
    return commands.startsWith("(") ? ` ${commands}` : commands;
  }

  /** Commands with what separates them, without a separator behind the last. */
  private list(depth: number): void {
    this.andOr(depth);
    while (this.random.chance(30)) {
      if (this.random.chance(40)) this.newline();
      else this.write(this.random.pick(["; ", " ; ", " & ", "& "]));
      this.andOr(depth);
    }
  }

  /** A list, and what has to come between it and a reserved word. */
  private listBefore(word: string, depth: number): void {
    this.list(depth);
    if (this.random.chance(40)) this.newline();
    else this.write(this.random.pick(["; ", " ; ", " & "]));
    this.write(word);
  }

  private andOr(depth: number): void {
    this.pipeline(depth);
    while (this.random.chance(15)) {
      this.write(this.random.pick([" && ", "&& ", " || "]));
      if (this.random.chance(20)) this.newline();
      this.pipeline(depth);
    }
  }

  private pipeline(depth: number): void {
    if (this.random.chance(10)) this.write(this.random.pick(["! ", "time ", "time -p ", "! ! ", "time ! "]));
    this.command(depth);
    while (this.random.chance(15)) {
      const streams = this.dialect.streams && this.random.chance(30);
      this.write(
        streams ? this.random.pick([" |5> ", " |2>3 ", " |1>0,5>4 "]) : this.random.pick([" | ", "| ", " |& "]),
      );
      if (this.random.chance(15)) this.newline();
      this.command(depth);
    }
  }

  private command(depth: number): void {
    if (depth === 0 || this.random.chance(55)) this.simple(depth);
    else if (this.random.chance(8)) this.functionDefinition(depth);
    else if (this.random.chance(3)) {
      this.write(this.dialect.streams && this.random.chance(30) ? "coproc -x " : "coproc ");
      if (this.random.chance(50)) this.write("NAME ");
      this.compound(depth);
    } else this.compound(depth);
  }

  private simple(depth: number): void {
    const { random, words } = this;
    let before = false;
    while (random.chance(20)) {
      if (random.chance(70)) this.assignment(depth);
      else this.redirection(depth);
      this.blank();
      before = true;
    }
    if (before && random.chance(30)) {
      this.write(":");
      return;
    }
    if (random.chance(8)) {
      this.write(random.pick(["export", "declare -a", "local", "readonly", "typeset", "command export"]));
      while (random.chance(50)) {
        this.blank();
        if (random.chance(70)) this.scalar(depth);
        else this.write(words.name());
      }
      return;
    }
    this.write(words.command(depth));
    while (random.chance(60)) {
      this.blank();
      if (random.chance(20)) this.redirection(depth);
      else this.write(words.word(depth));
    }
  }

  private scalar(depth: number): void {
    this.write(`${this.words.name()}${this.random.pick(["=", "+="])}`);
    if (this.random.chance(80)) this.write(this.words.word(depth));
  }

  private assignment(depth: number): void {
    const { random, words } = this;
    if (random.chance(60)) {
      this.scalar(depth);
      return;
    }
    if (random.chance(50)) {
      this.write(`${words.name()}[${random.pick(["0", "i + 1", '"k"', "$k", "a[1]"])}]=${words.word(depth)}`);
      return;
    }
    this.write(`${words.name()}=(`);
    while (random.chance(60)) {
      if (random.chance(20)) this.write(`[${random.pick(["1", "a b", "$k"])}]=`);
      this.write(words.word(depth).replace(/^\[/, "x["));
      if (random.chance(40)) this.newline();
      else this.write(" ");
    }
    this.write(")");
  }

  private redirection(depth: number): void {
    const { random, words } = this;
    if (random.chance(20)) {
      this.hereDocument(depth);
      return;
    }
    if (random.chance(25)) {
      this.write(random.pick(DUPLICATIONS));
      return;
    }
    const operator = random.pick(REDIRECTIONS);
    if (!operator.startsWith("&")) this.write(random.pick(["", "", "", "2", "10", "{fd}"]));
    this.write(operator + random.pick(["", " "]) + words.word(depth).replace(/^[<>&-]/, "x$&"));
  }

  private hereDocument(depth: number): void {
    const { random } = this;
    const delimiter = `E${this.delimiters++}`;
    const quoted = random.chance(30);
    const stripped = random.chance(30);
    const written = quoted ? random.pick([`'${delimiter}'`, `\\${delimiter}`, `"${delimiter}"`]) : delimiter;
    this.write(`${random.pick(["", "", "3"])}<<${stripped ? "-" : ""}${random.pick(["", " "])}${written}`);
    const body = quoted ? random.pick(["", "a $b\n", "`\n$(\n", "\\\n", "  '\"\n"]) : this.words.body(depth);
    this.bodies += `${body}${stripped ? random.pick(["", "\t", "\t\t"]) : ""}${delimiter}\n`;
  }

  /** A compound command, with redirections. */
  private compound(depth: number): void {
    const { random, words } = this;
    const inner = depth - 1;
    switch (random.below(11)) {
      case 0:
        this.write("{");
        this.linebreak();
        this.listBefore("}", inner);
        break;
      case 1:
        this.write("( ");
        this.list(inner);
        if (random.chance(20)) this.newline();
        this.write(")");
        break;
      case 2:
      case 3:
        this.write("if ");
        this.listBefore("then", inner);
        this.linebreak();
        while (random.chance(20)) {
          this.listBefore("elif ", inner);
          this.listBefore("then ", inner);
        }
        if (random.chance(40)) this.listBefore("else ", inner);
        this.listBefore("fi", inner);
        break;
      case 4:
        this.write(random.pick(["while ", "until "]));
        this.listBefore("do ", inner);
        this.listBefore("done", inner);
        break;
      case 5:
      case 6:
        this.loop(inner);
        break;
      case 7:
        this.arithmeticFor(inner);
        break;
      case 8:
        this.caseCommand(inner);
        break;
      case 9:
        this.write(`((${words.expression(depth)}))`);
        break;
      default:
        this.write("[[ ");
        this.conditional(depth);
        this.write(" ]]");
    }
    while (random.chance(10)) {
      this.blank();
      this.redirection(depth);
    }
  }

  private loop(depth: number): void {
    const { random, words } = this;
    this.write(`${random.pick(["for", "for", "select"])} ${words.name()}`);
    switch (random.below(4)) {
      case 0:
        this.write(random.pick(["; ", " "]));
        break;
      case 1:
        this.newline();
        break;
      default:
        this.write(" in");
        while (random.chance(60)) {
          this.blank();
          this.write(words.word(depth));
        }
        if (random.chance(40)) this.newline();
        else this.write("; ");
    }
    this.write("do ");
    this.listBefore("done", depth);
  }

  private arithmeticFor(depth: number): void {
    const { random, words } = this;
    const expressions = [0, 1, 2].map(() => random.chance(70) ? words.expression(1).trim() : "");
    this.write(`for ((${expressions.join(random.pick([";", "; "]))}))`);
    if (random.chance(30)) this.newline();
    else this.write(random.pick([" ", "; "]));
    const group = random.chance(20);
    this.write(group ? "{ " : "do ");
    this.listBefore(group ? "}" : "done", depth);
  }

  private caseCommand(depth: number): void {
    const { random, words } = this;
    this.write(`case ${words.word(depth)}`);
    this.linebreak();
    this.write("in");
    this.linebreak();
    while (random.chance(60)) {
      if (random.chance(40)) this.write("(");
      else this.write("p");
      this.write(words.word(depth));
      while (random.chance(20)) this.write(`${random.pick(["|", " | "])}${words.word(depth)}`);
      this.write(")");
      this.linebreak();
      if (random.chance(80)) this.list(depth);
      this.write(random.pick([" ;;", ";;", ";;", " ;&", " ;;&"]));
      this.linebreak();
    }
    this.write("esac");
  }

  private conditional(depth: number): void {
    const { random, words } = this;
    const operand = () => `x${words.word(depth)}`;
    switch (random.below(depth > 0 ? 9 : 4)) {
      case 0:
        this.write(`${random.pick(["-f", "-n", "-z", "-v", "-o"])} ${operand()}`);
        break;
      case 1:
        this.write(`${operand()} ${random.pick(CONDITIONAL_OPERATORS)} ${operand()}`);
        break;
      case 2:
        this.write(
          `${operand()} ${random.pick(["=", "==", "!="])} ${random.chance(40) ? words.pattern(1) : operand()}`,
        );
        break;
      case 3:
        this.write(`x =~ ${random.pick(["^a$", "(b|c)", "[[:space:]]+", "$r", '"q"', "(a b)*", "\\("])}`);
        break;
      case 4:
        this.write("! ");
        this.conditional(depth - 1);
        break;
      case 5:
        this.write("( ");
        this.conditional(depth - 1);
        this.write(" )");
        break;
      case 6:
        this.write(operand());
        break;
      default:
        this.conditional(depth - 1);
        this.write(random.pick([" && ", " || "]));
        if (random.chance(20)) this.newline();
        this.conditional(depth - 1);
    }
  }

  private functionDefinition(depth: number): void {
    const { random } = this;
    const name = random.pick(["f", "g-h", "i.j", "k"]);
    this.write(random.pick([`${name}() `, `${name} ( ) `, `function ${name} `, `function ${name}() `]));
    if (random.chance(20)) this.newline();
    this.compound(depth);
  }
}
