/** What expansion asks of the shell, answered from its parts. */

import type { ExpansionEnvironment, Variable } from "../expansion/environment.ts";
import { ExpansionFailure } from "../expansion/failure.ts";
import { IgnoredPaths } from "../expansion/pathname.ts";
import type { Separators } from "../expansion/separators.ts";
import { ShellSyntaxError } from "../syntax/error.ts";
import { inputOf } from "../syntax/input.ts";
import { printParts } from "../syntax/printer.ts";
import type { CommandPart, List, ProcessPart, SimpleCommand, Source, Word } from "../syntax/tree.ts";
import { parseWholeText, type TextForm } from "../syntax/whole_text.ts";
import { decode } from "../system/bytes.ts";
import { EINTR, strerror } from "../system/errno.ts";
import type { Compiler } from "./compiler.ts";
import { compileProcessSubstitution } from "./process_substitution.ts";
import { expandPromptText } from "./prompt.ts";
import { compileTarget } from "./redirection.ts";
import { openForReading } from "./script_file.ts";
import type { Shell } from "./shell.ts";
import { Divert, ExpansionAbandoned } from "./state.ts";
import { FAILURE, SUCCESS } from "./status.ts";
import { SubstitutedCommands } from "./substituted_commands.ts";

const BLOCK = 65536;

export class ShellEnvironment implements ExpansionEnvironment {
  /** Set whenever IFS changes. */
  separators: Separators;
  /** Set whenever GLOBIGNORE changes. */
  ignoredPaths: IgnoredPaths | null = null;

  constructor(
    private readonly shell: Shell,
    private readonly compiler: () => Compiler,
    separators: Separators,
  ) {
    this.separators = separators;
  }

  /** GLOBIGNORE has another value. It has files whose names begin with a period matched (bash manual 5.2). */
  ignore(list: string | undefined): void {
    const { options } = this.shell;
    this.ignoredPaths = list === undefined || list === ""
      ? null
      : new IgnoredPaths(list, options.extglob, options.nocaseglob);
    if (list !== "") options.set("dotglob", list !== undefined);
  }

  get options() {
    return this.shell.options;
  }

  get files() {
    return this.shell.system;
  }

  get positional() {
    return this.shell.positional;
  }

  variable(name: string): Variable {
    return this.shell.variables.get(name);
  }

  variableNames(): string[] {
    return this.shell.variables.all().filter((variable) => variable.isSet).map((variable) => variable.name);
  }

  special(name: string): string | undefined {
    const { state, options, positional } = this.shell;
    switch (name) {
      case "?":
        return String(state.status);
      case "#":
        return String(positional.values.length);
      case "$":
        return String(state.shellPid);
      case "!":
        return state.lastBackgroundPid === 0 ? undefined : String(state.lastBackgroundPid);
      case "-":
        return options.flags();
      case "0":
        return positional.zero;
      default:
        return undefined;
    }
  }

  homeDirectory(user: string): string | undefined {
    const { system } = this.shell;
    return system.passwordEntry(user === "" ? system.getuid() : user)?.home;
  }

  stackedDirectory(entry: string): string | undefined {
    const { directories, process } = this.shell;
    const stack = [process.directory, ...directories.entries];
    return entry.startsWith("-") ? stack.at(-1 - Number(entry.slice(1))) : stack[Number(entry)];
  }

  warn(message: string): void {
    if (this.shell.options.errexit) throw new ExpansionFailure(message, "shell", FAILURE);
    this.shell.report(message);
  }

  promptText(text: string): string {
    return expandPromptText(this.shell, text, { edited: false, historyNumber: 1, commandNumber: 1 });
  }

  parseText(text: string, form: TextForm): Word {
    const { shell } = this;
    const source: Source = { name: null, kind: "string", firstLine: shell.state.line };
    try {
      return parseWholeText(text, form, (input) => shell.parser(inputOf(input), source));
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      throw new ExpansionFailure(error.message, "top", FAILURE);
    }
  }

  commandSubstitution(part: CommandPart): () => string {
    const { shell } = this;
    const file = part.body === null ? null : redirectedFile(part.body);
    if (file !== null) return this.fileContents(file);
    const text = () => printParts([part], false);
    const commands = new SubstitutedCommands(shell, part);
    const run = () => commands.run();
    return () => {
      // As an error in `$(…)` is one of the script, so is one between backquotes (XCU 2.8.1) for `sh`; bash goes on.
      const error = shell.options.sh ? commands.firstError : null;
      if (error !== null) {
        shell.exitUnlessInteractive(shell.reportSyntaxError(error));
        throw new ExpansionAbandoned();
      }
      const { subshells } = this.compiler();
      const output = commands.program?.run(text, subshells) ??
        subshells.substitute(text, run, commands.several);
      if (shell.state.divert === Divert.detach) return "";
      // An interrupt has gone to the substitution first.
      if (shell.traps.deferred) shell.boundary();
      if (shell.state.divert !== Divert.none) throw new ExpansionAbandoned();
      return withoutNewlines(output.includes("\0") ? this.withoutNuls(output) : output);
    };
  }

  /** `$(< file)`: what the file holds, without a command (bash manual 3.5.4). */
  private fileContents(file: SimpleCommand): () => string {
    const { shell } = this;
    const path = compileTarget(file.redirections[0]!, shell);
    const failed = (message: string) => {
      shell.report(message);
      shell.state.substitutionStatus = FAILURE;
      return "";
    };
    return () => {
      let name: string;
      try {
        name = path();
      } catch (error) {
        // As in a process of its own, that ends no more than the substitution.
        if (!(error instanceof ExpansionFailure)) throw error;
        return failed(error.message);
      }
      const contents = readFile(shell, name);
      if (typeof contents === "number") return failed(`${name}: ${strerror(-contents)}`);
      shell.state.substitutionStatus = SUCCESS;
      return withoutNewlines(contents.includes("\0") ? this.withoutNuls(contents) : contents);
    };
  }

  private withoutNuls(text: string): string {
    this.shell.report("warning: command substitution: ignored null byte in input");
    return text.replaceAll("\0", "");
  }

  processSubstitution(part: ProcessPart): () => string {
    return compileProcessSubstitution(part, this.compiler());
  }
}

/** The command of `$(< file)`: nothing but one `<` redirection. */
function redirectedFile(body: List): SimpleCommand | null {
  const command = body.items[0]?.command;
  if (body.items.length !== 1 || body.items[0]!.background || command?.kind !== "simple") return null;
  const [redirection] = command.redirections;
  const alone = command.words.length === 0 && command.assignments.length === 0 && command.redirections.length === 1;
  return alone && redirection!.operator === "<" && redirection!.descriptor === null ? command : null;
}

/** All that a file holds, or `-errno`. */
export function readFile(shell: Shell, path: string): string | number {
  const { system } = shell;
  const descriptor = openForReading(shell, path);
  if (descriptor < 0) return descriptor;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const block = new Uint8Array(BLOCK);
    const count = system.read(descriptor, block, 0, BLOCK);
    if (count === -EINTR && !shell.interrupted()) continue;
    if (count <= 0) {
      system.close(descriptor);
      if (count < 0) return count;
      break;
    }
    pieces.push(block.subarray(0, count));
    length += count;
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return decode(bytes);
}

function withoutNewlines(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 10) end--;
  return end === text.length ? text : text.slice(0, end);
}
