/** `bind` (bash manual 4.2): what the keys of the line editor do. */

import type { Builtin, EditorBinding, EditorBindings, Shell } from "../execution/shell.ts";
import { FAILURE, SUCCESS, USAGE } from "../execution/status.ts";
import { strerror } from "../system/errno.ts";
import { fail, has, parseArguments, valueOf } from "./arguments.ts";

export const help = `Shows or changes what the keys of the line editor do.

An argument is a line of a readline init file: "\\C-xa": beginning-of-line binds
keys to a function, "\\C-xb": "text" to text that is as if typed, and
set variable value sets a variable. What the editor has no use for among the
variables is kept as it is. There are no keymaps of vi's keys.

Options:
  -l           list the names of all functions
  -p, -P       list the functions with their keys, -p as init files have them
  -s, -S       list the keys that are bound to text, in the same two ways
  -v, -V       list the variables, in the same two ways
  -X           list the keys that are bound to commands of the shell
  -q function  tell which keys call a function
  -u function  take all keys from a function
  -r keyseq    take what it does from a sequence of keys
  -x keyseq:command
               have keys run a command of the shell, which finds the line in
               READLINE_LINE, the cursor in READLINE_POINT, and may change both
  -m keymap    emacs, emacs-standard, emacs-meta, or emacs-ctlx
  -f file      read an init file

Exit status: 0, unless an option or a name is not valid, or a file can't be
read.
`;

const DEFAULT_KEYMAP = "emacs";

export const bind: Builtin = {
  name: "bind",
  kind: "regular",
  usage: "[-lpsvPSVX] [-m keymap] [-f filename] [-q name] [-u name] [-r keyseq] [-x keyseq:shell-command] " +
    "[keyseq:readline-function or readline-command]",
  run(shell, args) {
    if (!shell.options.emacs && !shell.options.vi) shell.report("bind: warning: line editing not enabled");
    const parsed = parseArguments(shell, bind, args, "lpPsSvVXq:u:r:x:m:f:");
    if (parsed === null) return USAGE;
    const bindings = shell.deferred().keyBindings(shell);
    const keymap = valueOf(parsed, "m") ?? DEFAULT_KEYMAP;
    if (!bindings.isKeymap(keymap)) return fail(shell, bind, `\`${keymap}': invalid keymap name`);
    for (const letter of ["q", "u"]) {
      const name = valueOf(parsed, letter);
      if (name !== undefined && !bindings.functions.includes(name)) {
        return fail(shell, bind, `\`${name}': unknown function name`);
      }
    }
    const text = LISTS.filter(([letter]) => has(parsed, letter)).map(([, list]) => list(bindings, keymap)).join("");
    if (text !== "" && !shell.print(text)) return FAILURE;
    return change(shell, bindings, keymap, parsed.options, parsed.operands);
  },
};

function change(
  shell: Shell,
  bindings: EditorBindings,
  keymap: string,
  options: readonly { readonly letter: string; readonly value: string }[],
  operands: readonly string[],
): number {
  let status: number = SUCCESS;
  const complain = (message: string) => void fail(shell, bind, message);
  for (const { letter, value } of options) {
    if (letter === "f") {
      const result = bindings.readFile(shell, value, keymap, complain);
      if (result < 0) status = fail(shell, bind, `${value}: cannot read: ${strerror(-result)}`);
    } else if (letter === "q") status = query(shell, bindings, keymap, value);
    else if (letter === "u") bindings.unbindFunction(value, keymap);
    else if (letter === "r") bindings.unbindKeys(value, keymap);
    else if (letter === "x") {
      const message = bindings.bindCommand(value, keymap);
      if (message !== null) status = fail(shell, bind, message);
    }
  }
  for (const operand of operands) {
    const message = bindings.bindLine(operand, keymap);
    if (message !== null) status = fail(shell, bind, message);
  }
  return status;
}

type List = (bindings: EditorBindings, keymap: string) => string;

/** What each option lists. */
const LISTS: readonly (readonly [string, List])[] = [
  ["l", ({ functions }) => functions.map((name) => `${name}\n`).join("")],
  ["p", (bindings, keymap) =>
    byFunction(bindings, keymap, (name, keys) => {
      if (keys.length === 0) return `# ${name} (not bound)\n`;
      return keys.map((key) => `"${key}": ${name}\n`).join("");
    })],
  ["P", (bindings, keymap) =>
    byFunction(bindings, keymap, (name, keys) => {
      if (keys.length === 0) return `${name} is not bound to any keys\n`;
      return `${name} can be found on ${keys.map((key) => `"${key}"`).join(", ")}.\n`;
    })],
  ["s", (bindings, keymap) => ofKind(bindings, keymap, "macro", ({ keys, text }) => `"${keys}": "${text}"\n`)],
  ["S", (bindings, keymap) => ofKind(bindings, keymap, "macro", ({ keys, text }) => `${keys} outputs ${text}\n`)],
  ["v", ({ variables }) => variables.map(([name, value]) => `set ${name} ${value}\n`).join("")],
  ["V", ({ variables }) => variables.map(([name, value]) => `${name} is set to \`${value}'\n`).join("")],
  [
    "X",
    (bindings, keymap) => ofKind(bindings, keymap, "shell", ({ keys, text }) => `"${keys}": "${escaped(text)}"\n`),
  ],
];

const escaped = (text: string) => text.replace(/["\\]/g, "\\$&");

/** The keys of a function. */
function keysOf(bindings: EditorBindings, keymap: string, name: string): string[] {
  return bindings.bindings(keymap).filter(({ kind, text }) => kind === "command" && text === name)
    .map(({ keys }) => keys);
}

function byFunction(
  bindings: EditorBindings,
  keymap: string,
  line: (name: string, keys: readonly string[]) => string,
): string {
  return "\n" + bindings.functions.map((name) => line(name, keysOf(bindings, keymap, name))).join("");
}

function ofKind(
  bindings: EditorBindings,
  keymap: string,
  wanted: EditorBinding["kind"],
  line: (binding: EditorBinding) => string,
): string {
  return bindings.bindings(keymap).filter(({ kind }) => kind === wanted).map(line).join("");
}

function query(shell: Shell, bindings: EditorBindings, keymap: string, name: string): number {
  const keys = keysOf(bindings, keymap, name);
  if (keys.length === 0) {
    shell.print(`${name} is not bound to any keys.\n`);
    return FAILURE;
  }
  return shell.print(`${name} can be invoked via ${keys.map((key) => `"${key}"`).join(", ")}.\n`) ? SUCCESS : FAILURE;
}
