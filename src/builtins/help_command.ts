/** `help` (bash manual 4.2). */

import { compilePattern } from "../expansion/pattern.ts";
import { compareText } from "../expansion/collation.ts";
import type { Builtin, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { fail, has, parseArguments } from "./arguments.ts";

export const helpHelp = `Shows what builtins and constructs of the language do.

Without a pattern, lists them all; a star marks those that are disabled. A
pattern stands for every name that matches, or else for all that begin so.

Options:
  -d   one line about each
  -m   in the form of a manual page
  -s   how each is written only

Exit status: 0, unless a pattern matches nothing.
`;

/** Of each half of the list, as many characters as fit on a terminal. */
const COLUMN = 38;

export const help: Builtin = {
  name: "help",
  kind: "regular",
  usage: "[-dms] [pattern ...]",
  run(shell, args) {
    const parsed = parseArguments(shell, help, args, "dms");
    if (parsed === null) return USAGE;
    const topics = allTopics(shell);
    if (parsed.operands.length === 0) {
      // Of the list bash does not say that nobody can see it.
      if (shell.streams.table.get(1) === undefined) return SUCCESS;
      return shell.print(overview(shell, topics)) ? SUCCESS : FAILURE;
    }
    let status: number = SUCCESS;
    let text = "";
    for (const operand of parsed.operands) {
      const found = matching(topics, operand);
      if (found.length === 0) {
        status = fail(shell, help, `no help topics match \`${operand}'.  Try \`help help'.`);
        continue;
      }
      if (/[*?[]/.test(operand)) text += `Shell commands matching keyword \`${operand}'\n\n`;
      for (const topic of found) {
        const { name, usage } = topic;
        const body = bodyOf(shell, topic);
        const summary = body.slice(0, body.indexOf("\n"));
        if (has(parsed, "d")) text += `${name} - ${summary}\n`;
        else if (has(parsed, "s")) text += `${name}: ${usage}\n`;
        else if (has(parsed, "m")) text += manualPage(name, usage, summary, body);
        else text += `${name}: ${usage}\n${body}`;
      }
    }
    return text === "" || shell.print(text) ? status : FAILURE;
  },
};

/** Something that there is help for. */
interface Topic {
  readonly name: string;
  readonly usage: string;
  readonly builtin: boolean;
}

function allTopics(shell: Shell): Topic[] {
  const topics: Topic[] = [];
  for (const { name, usage } of shell.builtins.all()) {
    topics.push({ name, usage: usage === "" ? name : `${name} ${usage}`, builtin: true });
  }
  for (const name of shell.help("topics").split("\n")) {
    if (name !== "") topics.push({ name, usage: shell.help(name).split("\n", 1)[0]!, builtin: false });
  }
  return topics.sort((a, b) => compareText(a.name, b.name));
}

/** The topics whose names match the pattern `operand`; else those whose names begin with it. */
function matching(topics: readonly Topic[], operand: string): Topic[] {
  const pattern = compilePattern(operand, { extglob: false, ignoreCase: false });
  const found = topics.filter(({ name }) => pattern.matches(name));
  return found.length > 0 ? found : topics.filter(({ name }) => name.startsWith(operand));
}

/** The text below the usage. That of a construct has the usage in its first line. */
function bodyOf(shell: Shell, { name, builtin }: Topic): string {
  const text = shell.help(name);
  return builtin ? text : text.slice(text.indexOf("\n") + 1);
}

function manualPage(name: string, usage: string, summary: string, body: string): string {
  const description = body.split("\n").map((line) => (line === "" ? "" : `    ${line}`)).join("\n");
  return `NAME\n    ${name} - ${summary}\n\nSYNOPSIS\n    ${usage}\n\nDESCRIPTION\n${description}\n`;
}

function overview(shell: Shell, topics: readonly Topic[]): string {
  let text = "Builtins of hexsh, and constructs of its language. help NAME tells more about each.\n" +
    "A star (*) stands before a builtin that is disabled.\n\n";
  const entries = topics.map(({ name, usage, builtin }) => {
    const entry = (builtin && !shell.builtins.has(name) ? "*" : " ") + usage;
    return entry.length > COLUMN ? `${entry.slice(0, COLUMN - 1)}>` : entry;
  });
  const rows = Math.ceil(entries.length / 2);
  for (let row = 0; row < rows; row++) {
    const second = entries[row + rows];
    text += second === undefined ? `${entries[row]}\n` : `${entries[row]!.padEnd(COLUMN + 1)} ${second}\n`;
  }
  return text;
}
