/** Prompts: PS1, PS2 and their kin, expanded (XCU 2.5.3; bash manual 6.9). */

import { ExpansionFailure } from "../expansion/failure.ts";
import type { Shell } from "./shell.ts";

/** What prompts show besides the state of the shell. */
export interface PromptContext {
  /** Whether an editor shows it, which is to know what takes no room on the line: `\[` and `\]`. */
  readonly edited: boolean;
  /** The number of the next command in the history, for `\!`. */
  readonly historyNumber: number;
  /** The number of the next command of this session, for `\#`. */
  readonly commandNumber: number;
}

/**
 * The text to show for the prompt in the variable `name`. In POSIX mode `!` stands for the number in the history and
 * there are no escapes.
 */
export function expandPrompt(shell: Shell, name: string, context: PromptContext): string {
  const value = shell.variables.get(name).read() ?? "";
  if (!shell.options.posix) return expandPromptText(shell, value, context);
  const text = value.replace(/!!|!/g, (mark) => (mark === "!!" ? "!" : String(context.historyNumber)));
  return expandDecoded(shell, text);
}

/** What the text of a prompt shows: its escapes, and then its expansions. */
export function expandPromptText(shell: Shell, text: string, context: PromptContext): string {
  return expandDecoded(shell, decodePrompt(shell, text, context));
}

function expandDecoded(shell: Shell, text: string): string {
  if (!/[$`]/.test(text)) return text.replace(/\\([\\`$"])/g, "$1");
  const { status, substitutionStatus } = shell.state;
  try {
    return shell.expandText(text);
  } catch (error) {
    if (!(error instanceof ExpansionFailure)) throw error;
    return text;
  } finally {
    shell.state.status = status;
    shell.state.substitutionStatus = substitutionStatus;
  }
}

const ESCAPE = /\\(?:([0-7]{3})|D\{([^}]*)\}|([^]))/g;

/** Replaces the backslash escapes of bash's prompts. What stands for a backslash or a dollar sign stays quoted for the expansion. */
function decodePrompt(shell: Shell, text: string, context: PromptContext): string {
  return text.replace(ESCAPE, (all, octal?: string, format?: string, letter?: string) => {
    if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8) & 0x7f);
    if (format !== undefined) return time(shell, format === "" ? "%X" : format);
    switch (letter) {
      case "a":
        return "\x07";
      case "d":
        return time(shell, "%a %b %d");
      case "e":
        return "\x1b";
      case "h":
        return quote(shell.system.hostname().replace(/\..*/, ""));
      case "H":
        return quote(shell.system.hostname());
      case "j":
        return String(shell.jobs.all().length);
      case "l":
        return quote(terminalName(shell));
      case "n":
        return "\n";
      case "r":
        return "\r";
      case "s":
        return quote(shell.positional.zero.replace(/^-/, "").replace(/^.*\//, ""));
      case "t":
        return time(shell, "%H:%M:%S");
      case "T":
        return time(shell, "%I:%M:%S");
      case "@":
        return time(shell, "%I:%M %p");
      case "A":
        return time(shell, "%H:%M");
      case "u":
        return quote(shell.system.passwordEntry(shell.system.geteuid())?.name ?? "");
      case "v":
        return bashVersion(shell).split(".").slice(0, 2).join(".");
      case "V":
        return bashVersion(shell);
      case "w":
        return quote(shortened(shell));
      case "W":
        return quote(lastPart(shortened(shell)));
      case "!":
        return String(context.historyNumber);
      case "#":
        return String(context.commandNumber);
      case "$":
        return shell.system.geteuid() === 0 ? "#" : "\\$";
      case "[":
        return context.edited ? "\x01" : "";
      case "]":
        return context.edited ? "\x02" : "";
      case "\\":
        return "\\\\";
      default:
        return all;
    }
  });
}

/** The version of bash whose language this is. */
function bashVersion(shell: Shell): string {
  return (shell.variables.get("BASH_VERSION").read() ?? "").replace(/\(.*/, "");
}

/** Keeps the expansion that follows from looking into `text`. */
function quote(text: string): string {
  return text.replace(/[\\`$]/g, "\\$&");
}

function time(shell: Shell, format: string): string {
  return quote(
    shell.system.formatTime(format, Math.floor(shell.system.now()), shell.variables.get("TZ").read() ?? null),
  );
}

function terminalName(shell: Shell): string {
  const path = shell.system.ttyname(shell.streams.table.get(0)?.descriptor ?? -1);
  return typeof path === "number" ? "tty" : path.replace(/^.*\//, "");
}

/** The working directory, with the home directory as a tilde, and at most PROMPT_DIRTRIM directories of the rest. */
function shortened(shell: Shell): string {
  const directory = shell.variables.get("PWD").read() ?? shell.process.directory;
  const home = shell.variables.get("HOME").read() ?? "";
  const below = home.length > 1 && (directory === home || directory.startsWith(`${home}/`));
  const shown = below ? `~${directory.slice(home.length)}` : directory;
  const keep = Number(shell.variables.get("PROMPT_DIRTRIM").read() ?? 0);
  const parts = shown.split("/");
  const first = parts[0] === "~" ? 1 : 0;
  const count = parts.length - 1;
  if (!(keep > 0) || count <= keep) return shown;
  return `${first === 1 ? "~/" : ""}.../${parts.slice(-keep).join("/")}`;
}

function lastPart(path: string): string {
  return path === "/" || path === "~" ? path : path.replace(/^.*\//, "");
}
