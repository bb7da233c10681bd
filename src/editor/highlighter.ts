/** Colours as one types: what is a command and whether there is such a one, what is quoted, what an operator. */

import { executableCommand } from "../completion/files.ts";
import type { Shell } from "../execution/shell.ts";
import { unquote } from "./command_line/quoting.ts";
import { isReserved } from "./command_line/reserved.ts";
import { type Mark, type MarkKind, Scanner } from "./command_line/scanner.ts";
import type { StyledSpan } from "./screen/layout.ts";

/** Parameters of SGR sequences (ECMA-48 8.3.117) in the colours that the user has chosen for the terminal. */
const STYLES: Readonly<Record<MarkKind, string>> = {
  command: "32",
  keyword: "34",
  argument: "",
  assignment: "36",
  operator: "35",
  redirection: "35",
  target: "",
  comment: "90",
  quoted: "33",
  variable: "36",
  escape: "33",
};

const UNKNOWN_COMMAND = "31";

/** Longer texts were pasted, not typed: their colours would only take time. */
const LONGEST = 20_000;

export class Highlighter {
  /** Whether there is a command of a name, as far as it has been looked up for the line. */
  private readonly known = new Map<string, boolean>();

  constructor(private readonly shell: Shell) {}

  /** Forgets which commands there are: one may have come to be meanwhile. */
  begin(): void {
    this.known.clear();
  }

  styles(text: string): StyledSpan[] {
    if (text === "" || text.length > LONGEST) return [];
    const styles: string[] = new Array(text.length).fill("");
    // A mark lies upon those before it.
    for (const mark of new Scanner(text).marks) styles.fill(this.styleOf(text, mark), mark.start, mark.end);
    const spans: StyledSpan[] = [];
    for (let start = 0; start < text.length;) {
      let end = start + 1;
      while (end < text.length && styles[end] === styles[start]) end++;
      if (styles[start] !== "") spans.push({ start, end, style: styles[start]! });
      start = end;
    }
    return spans;
  }

  private styleOf(text: string, { kind, start, end }: Mark): string {
    if (kind !== "command") return STYLES[kind];
    const name = unquote(text.slice(start, end), {
      variable: () => undefined,
      home: (user) => this.shell.environment.homeDirectory(user),
    });
    // What is expanded first is known only then.
    if (name === null || /[$`*?[{]/.test(text.slice(start, end))) return "";
    return this.exists(name.text) ? STYLES.command : UNKNOWN_COMMAND;
  }

  private exists(name: string): boolean {
    let exists = this.known.get(name);
    if (exists === undefined) this.known.set(name, exists = this.lookUp(name));
    return exists;
  }

  private lookUp(name: string): boolean {
    const { aliases, functions, builtins, options, variables, hash } = this.shell;
    if (options.expand_aliases && aliases.get(name) !== undefined) return true;
    if (functions.get(name) !== undefined || builtins.has(name) || isReserved(name)) return true;
    if (name.includes("/")) return executableCommand(this.shell, name);
    return typeof hash.search(name, variables.get("PATH").read() ?? "") === "string";
  }
}
