/** The keys of a shell's line editor and what they do, as `bind` and init files change them (bash manual 8.3). */

import type { EditorBinding, EditorBindings, Shell } from "../execution/shell.ts";
import { readFile } from "../execution/environment.ts";
import { describeKeys, parseKeyName, parseKeys } from "./key_notation.ts";
import { COMMANDS } from "./model/commands/all.ts";
import { EMACS_KEYS, FUNCTION_KEYS } from "./model/emacs_keys.ts";
import { type Binding, Keymap } from "./model/keymap.ts";
import { READLINE_VARIABLES } from "./readline_variables.ts";

/** The keymaps by name, with the keys that begin each of their sequences. The keys of vi are not among them. */
const KEYMAPS: ReadonlyMap<string, string> = new Map([
  ["emacs", ""],
  ["emacs-standard", ""],
  ["emacs-meta", "\x1b"],
  ["emacs-ctlx", "\x18"],
]);

/** What typing does by itself, where no key is bound. */
const SELF_INSERT = "self-insert";

/** `"keys": …` or `name: …` */
const KEY_LINE = /^(?:"((?:\\[^]|[^"\\])*)"|([^\s:"][^\s:]*))[ \t]*:?[ \t]*([^]*)$/;

export class KeyBindings implements EditorBindings {
  readonly keymap = new Keymap([...EMACS_KEYS, ...FUNCTION_KEYS]);
  private readonly values = new Map(READLINE_VARIABLES);

  get functions(): readonly string[] {
    return [...COMMANDS.keys(), SELF_INSERT].sort();
  }

  get variables(): readonly (readonly [string, string])[] {
    return [...this.values];
  }

  isKeymap(name: string): boolean {
    return KEYMAPS.has(name);
  }

  bindings(keymap: string): EditorBinding[] {
    const prefix = KEYMAPS.get(keymap)!;
    return this.keymap.entries().filter(([keys]) => keys.startsWith(prefix)).map(([keys, binding]) => ({
      keys: describeKeys(keys.slice(prefix.length)),
      kind: binding.kind,
      text: textOf(binding),
    }));
  }

  unbindFunction(name: string, keymap: string): void {
    const prefix = KEYMAPS.get(keymap)!;
    for (const [keys, binding] of this.keymap.entries()) {
      if (keys.startsWith(prefix) && binding.kind === "command" && binding.name === name) this.keymap.unbind(keys);
    }
  }

  unbindKeys(keys: string, keymap: string): void {
    this.keymap.unbind(KEYMAPS.get(keymap)! + parseKeys(keys));
  }

  bindCommand(line: string, keymap: string): string | null {
    const text = line.trimStart();
    if (!text.startsWith('"')) return `${line}: first non-whitespace character is not \`"'`;
    const [, keys, , rest] = KEY_LINE.exec(text) ?? [];
    if (keys === undefined) return `${line}: no closing \`"' in key binding`;
    if (!/^"(?:\\[^]|[^"\\])*"[ \t]*:/.test(text)) return `${line}: missing colon separator`;
    const quoted = /^(["'])([^]*)\1$/.exec(rest!.trim());
    this.bind(keymap, parseKeys(keys), { kind: "shell", command: quoted === null ? rest! : parseKeys(quoted[2]!) });
    return null;
  }

  bindLine(line: string, keymap: string): string | null {
    const text = line.trim();
    if (text === "" || text.startsWith("#")) return null;
    // Conditions of init files are for other programs and terminals.
    if (text.startsWith("$")) return null;
    const setting = /^set\s+(\S+)\s*(.*)$/i.exec(text);
    if (setting !== null) return this.set(setting[1]!.toLowerCase(), setting[2]!);
    const [, quoted, name, target] = KEY_LINE.exec(text) ?? [];
    if (quoted === undefined && name === undefined) return `${text}: no closing \`"' in key binding`;
    if (!/^(?:"(?:\\[^]|[^"\\])*"|[^\s:"][^\s:]*)[ \t]*:/.test(text)) return `${text}: no key sequence terminator`;
    const keys = quoted !== undefined ? parseKeys(quoted) : parseKeyName(name!);
    const macro = /^(["'])((?:\\[^]|(?!\1)[^\\])*)\1/.exec(target!);
    if (macro !== null) this.bind(keymap, keys, { kind: "macro", text: parseKeys(macro[2]!) });
    else return this.bindFunction(keymap, keys, target!.split(/\s/, 1)[0]!.toLowerCase());
    return null;
  }

  private bindFunction(keymap: string, keys: string, name: string): string | null {
    if (name === "" || name === SELF_INSERT) this.keymap.unbind(KEYMAPS.get(keymap)! + keys);
    else if (!COMMANDS.has(name)) return `${name}: unknown function name`;
    else this.bind(keymap, keys, { kind: "command", name });
    return null;
  }

  private bind(keymap: string, keys: string, binding: Binding): void {
    if (keys !== "") this.keymap.bind(KEYMAPS.get(keymap)! + keys, binding);
  }

  private set(name: string, value: string): string | null {
    if (!this.values.has(name)) return `${name}: unknown variable name`;
    const isSwitch = /^(?:on|off)$/.test(this.values.get(name)!);
    this.values.set(name, isSwitch ? (/^(?:on|1|)$/i.test(value.trim()) ? "on" : "off") : value.trim());
    return null;
  }

  readFile(shell: Shell, path: string, keymap: string, complain: (message: string) => void): number {
    const contents = readFile(shell, path);
    if (typeof contents === "number") return contents;
    for (const line of contents.split("\n")) {
      const message = this.bindLine(line, keymap);
      if (message !== null) complain(message);
    }
    return 0;
  }
}

function textOf(binding: Binding): string {
  switch (binding.kind) {
    case "command":
      return binding.name;
    case "macro":
      return describeKeys(binding.text);
    case "shell":
      return binding.command;
  }
}

const bindings = new WeakMap<Shell, KeyBindings>();

/** The key bindings of a shell; made when somebody asks for them first. */
export function keyBindingsOf(shell: Shell): KeyBindings {
  let found = bindings.get(shell);
  if (found === undefined) bindings.set(shell, found = new KeyBindings());
  return found;
}
