/**
 * Turns syntax trees back into text, in the layout of bash: of `declare -f` and `type` for functions, of `jobs`
 * for commands.
 *
 * What is printed, parsed again, gives an equivalent tree. Like bash, the printer writes some things in one of several
 * equivalent ways: `elif` as an `if` in the `else` part, `for x` with `in "$@"`, `|&` as `2>&1 |`, `>&2` with its default
 * descriptor, `$'…'` as `'…'`. Where what bash prints would not be read back as it was meant, this prints what is.
 */

import { printCompound, printLoopWords } from "./print_compound.ts";
import { hereDocumentBody, printRedirection } from "./print_redirection.ts";
import {
  printAssignment as printWholeAssignment,
  printParts as printWordParts,
  printWord as printWholeWord,
} from "./print_word.ts";
import { literalText } from "./nodes.ts";
import { NOT_RESERVED, reservedWord } from "./reserved_words.ts";
import type {
  AndOrList,
  Assignment,
  CaseCommand,
  Command,
  CompoundCommand,
  Coprocess,
  ForCommand,
  FunctionDefinition,
  HereDocument,
  Joint,
  List,
  ListItem,
  Pipeline,
  Redirection,
  SelectCommand,
  SimpleCommand,
  Statement,
  Word,
  WordPart,
} from "./tree.ts";

/** How a printer differs from that of a plain command. */
interface Style {
  /** How much deeper each level is indented. */
  readonly step: number;
  readonly indentation: number;
  /** Whether newlines between the commands of lists stay newlines: in a command substitution. */
  readonly newlines: boolean;
}

const PLAIN: Style = { step: 4, indentation: 0, newlines: false };
const SUBSTITUTION: Style = { ...PLAIN, newlines: true };
/** As bash passes functions to other shells through the environment. */
const ENVIRONMENT: Style = { ...PLAIN, step: 0, indentation: 1 };

/** The text of a list of commands, as `jobs` shows them. */
export function printList(list: List): string {
  return new Printer(PLAIN).list(list).toString();
}

/** The text of a command, as `jobs` shows it. */
export function printStatement(statement: Statement): string {
  const printer = new Printer(PLAIN);
  printer.statement(statement);
  return printer.flush("").toString();
}

/** The definition of a function, as `declare -f` lists it. */
export function printFunction(definition: FunctionDefinition): string {
  const keyword = reservedWord(definition.name) === NOT_RESERVED ? "" : "function ";
  const printer = new Printer(PLAIN);
  printer.write(`${keyword}${definition.name} () \n{ \n`);
  printer.functionBody(definition.body);
  return printer.toString();
}

/** The value of the environment variable that carries a function to another bash. */
export function printFunctionValue(definition: FunctionDefinition): string {
  const printer = new Printer(ENVIRONMENT);
  printer.write("() { ");
  printer.functionBody(definition.body);
  return printer.toString();
}

/** The text of a compound command up to its body, as BASH_COMMAND and traces show it. */
export function printHeader(command: ForCommand | SelectCommand | CaseCommand): string {
  if (command.kind === "case") return `case ${printWord(command.subject)} in `;
  return `${command.kind} ${command.variable} in ${printLoopWords(new Printer(PLAIN), command.words)}`;
}

/** The text of a word. */
export function printWord(word: Word): string {
  return printWholeWord(new Printer(PLAIN), word);
}

/** The text of an assignment. */
export function printAssignment(assignment: Assignment): string {
  return printWholeAssignment(new Printer(PLAIN), assignment);
}

/** The text of parts of a word; `quoted` tells that they stand in double quotes. */
export function printParts(parts: readonly WordPart[], quoted: boolean): string {
  return printWordParts(new Printer(PLAIN), parts, quoted);
}

/** Writes commands one behind the other. */
export class Printer {
  private text = "";
  private readonly step: number;
  private readonly newlines: boolean;
  private indentation: number;
  /** Whether the next command goes on in its line, so that no indentation is due. */
  private inLine = true;
  /** Whether the commands of a list have lines of their own. */
  private inFunction = false;
  /** How many lists and pipelines are being written. The bodies of their here-documents wait for the next operator. */
  private connections = 0;
  private waiting: HereDocument[] = [];
  /** Whether a here-document's body was written since the last redirections and `;`. */
  private afterBody = false;

  constructor(style: Style) {
    this.step = style.step;
    this.newlines = style.newlines;
    this.indentation = style.indentation;
  }

  toString(): string {
    return this.text;
  }

  write(text: string): void {
    this.text += text;
  }

  /** Writes on a new line. */
  writeLine(text: string): void {
    this.text += "\n" + " ".repeat(this.indentation) + text;
  }

  /** Ends a command, unless `&` or a here-document has. */
  writeSemicolon(): void {
    if (!this.text.endsWith("&") && !this.text.endsWith("\n")) this.text += ";";
  }

  writeIndentation(): void {
    this.text += " ".repeat(this.indentation);
  }

  /** Begins a command. */
  private begin(): void {
    if (!this.inLine) this.writeIndentation();
    this.inLine = false;
  }

  /** Writes a list that goes on in the line. */
  listInLine(list: List): void {
    this.inLine = true;
    this.list(list);
  }

  /** Writes a list on lines of its own, one level deeper. */
  indentedList(list: List): void {
    this.indent();
    this.list(list);
    this.outdent();
  }

  indent(): void {
    this.indentation += this.step;
  }

  outdent(): void {
    this.indentation -= this.step;
  }

  /** Writes a list, with the here-documents in it. */
  list(list: List): this {
    const items = list.items;
    if (items.length === 1 && !items[0]!.background) this.statement(items[0]!.command);
    else if (items.length > 0) this.items(items);
    return this.flush("");
  }

  private items(items: readonly ListItem[]): void {
    this.begin();
    this.inLine = true;
    this.connections++;
    const last = items.length - 1;
    items.forEach((item, i) => {
      this.statement(item.command);
      if (item.background) {
        this.write(" &");
        this.flush(i < last ? " " : "");
        if (i < last) this.write(" ");
        this.inLine = i < last;
        return;
      }
      // The bodies that a first simple command waits for take the place of the separator, as a newline would.
      if (i > 0 || isConnected(item.command)) this.flush("");
      if (i < last) this.separate(item.newline);
    });
    this.connections--;
  }

  /** Writes what separates two commands of a list. */
  private separate(newline: boolean): void {
    const kept = this.newlines && newline;
    const waiting = this.waiting.length > 0;
    const ended = waiting || (this.inFunction ? this.afterBody : this.text.endsWith("\n"));
    if (waiting) this.flush("");
    else if (ended) this.afterBody = false;
    else this.write(kept ? "\n" : ";");
    if (this.inFunction || (kept && ended)) this.write("\n");
    else {
      if (!kept) this.write(" ");
      this.inLine = true;
    }
  }

  /** Writes the bodies of here-documents that wait, and `behind` if there are any. */
  flush(behind: string): this {
    if (this.waiting.length > 0) {
      const bodies = this.waiting;
      this.waiting = [];
      this.writeBodies(bodies);
      this.write(behind);
    }
    return this;
  }

  private writeBodies(documents: readonly HereDocument[]): void {
    this.write("\n");
    for (const document of documents) this.write(hereDocumentBody(document));
    this.afterBody = true;
  }

  statement(statement: Statement): void {
    if (statement.kind === "andor") this.andOr(statement);
    else this.pipelineOrCommand(statement);
  }

  private andOr(list: AndOrList): void {
    this.begin();
    this.inLine = true;
    this.connections++;
    this.pipelineOrCommand(list.first);
    for (const { operator, command } of list.rest) {
      this.write(` ${operator} `);
      this.flush(" ");
      this.inLine = true;
      this.pipelineOrCommand(command);
    }
    this.connections--;
  }

  private pipelineOrCommand(command: Pipeline | Command): void {
    if (command.kind === "pipeline") this.pipeline(command);
    else this.command(command, "");
  }

  private pipeline(pipeline: Pipeline): void {
    this.begin();
    if (pipeline.timed !== "no") this.write(pipeline.timed === "posix" ? "time -p " : "time ");
    const { stages, joints } = pipeline;
    if (pipeline.negated) this.write("! ");
    else if (stages.length === 0 && pipeline.timed === "no") this.write("! ! ");
    if (joints.length > 0) this.connections++;
    stages.forEach((stage, i) => {
      const joint = joints[i];
      this.inLine = true;
      if (joint === undefined) this.command(stage, "");
      else if (joint.form === "both" && takesRedirections(stage)) {
        this.command(stage, "2>&1");
        this.joint(" |");
      } else {
        this.command(stage, "");
        this.joint(" " + jointText(joint));
      }
    });
    if (joints.length > 0) this.connections--;
  }

  private joint(text: string): void {
    this.write(text);
    this.flush(" ");
    this.write(" ");
  }

  /** Writes a command, and `redirection` as the last of its redirections. */
  command(command: Command, redirection: string): void {
    this.begin();
    switch (command.kind) {
      case "simple":
        this.simpleCommand(command, redirection);
        break;
      case "function":
        this.functionDefinition(command);
        break;
      case "coprocess":
        this.coprocess(command);
        break;
      default:
        printCompound(this, command);
        this.redirections(command.redirections, " ", redirection);
    }
  }

  private simpleCommand(command: SimpleCommand, redirection: string): void {
    const words = [
      ...command.assignments.map((assignment) => printWholeAssignment(this, assignment)),
      ...command.words.map((word) =>
        word.kind === "assignment" ? printWholeAssignment(this, word) : printWholeWord(this, word)
      ),
    ].join(" ");
    if (command.redirections.length > 0 && beginsReserved(command)) {
      // Behind a redirection the word is a command's name, before it a reserved word.
      const before = command.redirections.map((each) => printRedirection(this, each)).join(" ");
      this.write(`${before} ${words}`);
      if (redirection !== "") this.write(" " + redirection);
      this.hereDocuments(command.redirections);
    } else {
      this.write(words);
      this.redirections(command.redirections, words === "" ? "" : " ", redirection);
    }
  }

  private redirections(redirections: readonly Redirection[], before: string, last: string): void {
    const texts = redirections.map((each) => printRedirection(this, each));
    if (last !== "") texts.push(last);
    if (texts.length === 0) return;
    this.afterBody = false;
    this.write(before + texts.join(" "));
    this.hereDocuments(redirections);
  }

  private hereDocuments(redirections: readonly Redirection[]): void {
    const documents = redirections.map((each) => each.hereDocument).filter((document) => document !== null);
    if (this.connections > 0) this.waiting.push(...documents);
    else if (documents.length > 0) this.writeBodies(documents);
  }

  private functionDefinition(definition: FunctionDefinition): void {
    this.write(`function ${definition.name} () \n${" ".repeat(this.indentation)}{ \n`);
    this.functionBody(definition.body);
  }

  /** Writes a function's body, from behind the `{`, and its redirections. */
  functionBody(body: CompoundCommand): void {
    const outer = this.inFunction;
    this.inFunction = true;
    this.inLine = false;
    if (this.step > 0) this.indent();
    if (body.kind === "group") this.list(body.body);
    else {
      this.command(body, "");
      this.flush("");
    }
    if (this.step > 0) this.outdent();
    else this.indentation = 0;
    this.inFunction = outer;
    if (body.kind === "group" && body.redirections.length > 0) {
      this.writeLine("} ");
      this.redirections(body.redirections, "", "");
    } else {
      this.writeLine("}");
      this.afterBody = false;
    }
  }

  private coprocess(coprocess: Coprocess): void {
    // In `coproc NAME a`, with a simple command, the word would not be taken for a name.
    const simple = coprocess.body.kind === "simple";
    this.write(simple ? "coproc " : `coproc ${coprocess.name ?? "COPROC"} `);
    this.inLine = true;
    this.command(coprocess.body, "");
  }

  /** Writes `{ … }`. */
  group(list: List): void {
    if (this.inFunction) {
      this.write("{ \n");
      this.indentedList(list);
      this.writeLine("}");
    } else {
      this.write("{ ");
      this.listInLine(list);
      this.writeSemicolon();
      this.write(" }");
    }
  }

  /** The text between the parentheses of a substitution. */
  substitution(list: List): string {
    const text = new Printer(SUBSTITUTION).list(list).toString();
    return text.startsWith("(") ? " " + text : text;
  }
}

/** Whether an operator joins several commands in it. */
function isConnected(statement: Statement): boolean {
  return statement.kind === "andor" || (statement.kind === "pipeline" && statement.joints.length > 0);
}

function takesRedirections(command: Command): boolean {
  return command.kind !== "function" && command.kind !== "coprocess";
}

/** The operator between two stages; a stream operator with all its numbers. */
export function jointText(joint: Joint): string {
  if (joint.form !== "streams") return joint.form === "pipe" ? "|" : "|&";
  return "|" + joint.connections.map(({ from, to }) => `${from}>${to}`).join(",");
}

function beginsReserved(command: SimpleCommand): boolean {
  const first = command.words[0];
  if (first === undefined || first.kind === "assignment" || command.assignments.length > 0) return false;
  const text = literalText(first);
  return text !== null && reservedWord(text) !== NOT_RESERVED;
}
