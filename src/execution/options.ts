/** The shell's options: those of `set` (XCU 2.15.23) and of bash's `shopt`. One table is code and documentation at once. */

import type { SubshellState } from "./subshell_state.ts";
import { Stack } from "./stack.ts";

export interface OptionDescription {
  readonly name: OptionName;
  /** The letter of `set -letter` and of `$-`. */
  readonly letter?: string;
  readonly help: string;
}

/** The value of every option; `set -o` names have their dashes as underscores. */
class OptionValues {
  allexport = false;
  braceexpand = true;
  colors = false;
  emacs = false;
  errexit = false;
  errtrace = false;
  functrace = false;
  hashall = true;
  histexpand = false;
  history = false;
  ignoreeof = false;
  interactive_comments = true;
  keyword = false;
  monitor = false;
  multios = false;
  noclobber = false;
  noexec = false;
  noglob = false;
  nolog = false;
  nonet = false;
  nosplice = false;
  notify = false;
  nounset = false;
  onecmd = false;
  physical = false;
  pipefail = false;
  posix = false;
  privileged = false;
  streams = false;
  suggestions = false;
  verbose = false;
  vi = false;
  xtrace = false;

  autocd = false;
  assoc_expand_once = false;
  cdable_vars = false;
  cdspell = false;
  checkhash = false;
  checkjobs = false;
  checkwinsize = true;
  cmdhist = true;
  compat31 = false;
  compat32 = false;
  compat40 = false;
  compat41 = false;
  compat42 = false;
  compat43 = false;
  compat44 = false;
  complete_fullquote = true;
  direxpand = false;
  dirspell = false;
  dotglob = false;
  execfail = false;
  expand_aliases = false;
  extdebug = false;
  extglob = false;
  extquote = true;
  failglob = false;
  force_fignore = true;
  globasciiranges = true;
  globskipdots = true;
  globstar = false;
  gnu_errfmt = false;
  histappend = false;
  histreedit = false;
  histverify = false;
  hostcomplete = true;
  huponexit = false;
  inherit_errexit = false;
  lastpipe = false;
  lithist = false;
  localvar_inherit = false;
  localvar_unset = false;
  login_shell = false;
  mailwarn = false;
  no_empty_cmd_completion = false;
  nocaseglob = false;
  nocasematch = false;
  noexpand_translation = false;
  nullglob = false;
  patsub_replacement = true;
  progcomp = true;
  progcomp_alias = false;
  promptvars = true;
  restricted_shell = false;
  shift_verbose = false;
  sourcepath = true;
  varredir_close = false;
  xpg_echo = false;
}

export type OptionName = keyof OptionValues;

/** The options of `set`, in the order in which they are listed. */
export const SET_OPTIONS: readonly OptionDescription[] = [
  { name: "allexport", letter: "a", help: "export every variable that is assigned to" },
  { name: "braceexpand", letter: "B", help: "perform brace expansion" },
  { name: "colors", help: "colour command lines as they are typed" },
  { name: "emacs", help: "edit command lines with keys as in emacs" },
  { name: "errexit", letter: "e", help: "exit when a command fails whose status is unused" },
  { name: "errtrace", letter: "E", help: "functions and subshells inherit the ERR trap" },
  { name: "functrace", letter: "T", help: "functions inherit DEBUG and RETURN traps" },
  { name: "hashall", letter: "h", help: "remember where commands were found" },
  { name: "histexpand", letter: "H", help: "perform history expansion with !" },
  { name: "history", help: "keep a history of commands" },
  { name: "ignoreeof", help: "do not exit at end of file" },
  { name: "interactive_comments", help: "allow comments in interactive command lines" },
  { name: "keyword", letter: "k", help: "assignments among arguments are exported" },
  { name: "monitor", letter: "m", help: "job control: each job is a process group" },
  { name: "multios", help: "several redirections of one descriptor add up" },
  { name: "noclobber", letter: "C", help: "do not overwrite existing files with >" },
  { name: "noexec", letter: "n", help: "read commands but do not execute them" },
  { name: "noglob", letter: "f", help: "do not perform pathname expansion" },
  { name: "nolog", help: "do not put function definitions into the history" },
  { name: "nonet", help: "do not open network connections in redirections" },
  { name: "nosplice", help: "move data through memory, not inside the kernel" },
  { name: "notify", letter: "b", help: "report the end of background jobs at once" },
  { name: "nounset", letter: "u", help: "expanding an unset parameter is an error" },
  { name: "onecmd", letter: "t", help: "exit after one command" },
  { name: "physical", letter: "P", help: "let cd and pwd resolve symbolic links" },
  { name: "pipefail", help: "let a pipeline fail if any command of it fails" },
  { name: "posix", help: "behave as POSIX says where bash differs" },
  { name: "privileged", letter: "p", help: "ignore start-up files of the environment" },
  { name: "streams", help: "open streams 3 to 5 where they are closed" },
  { name: "suggestions", help: "suggest command lines from the history" },
  { name: "verbose", letter: "v", help: "print lines as they are read" },
  { name: "vi", help: "edit command lines with keys as in vi" },
  { name: "xtrace", letter: "x", help: "print commands before they are executed" },
];

const OF_SET: ReadonlySet<string> = new Set(SET_OPTIONS.map(({ name }) => name));

/** The options of `shopt`, in the order in which they are listed (bash manual 4.3.2). One of them is `set`'s too. */
export function shoptOptions(): OptionName[] {
  const names = Object.keys(new OptionValues()) as OptionName[];
  return names.filter((name) => !OF_SET.has(name) || name === "interactive_comments").sort(byListing);
}

/** Alphabetical, but that bash has `autocd` before `assoc_expand_once`. */
function byListing(a: OptionName, b: OptionName): number {
  if (a === "autocd" || b === "autocd") return a === "autocd" ? -1 : 1;
  return a < b ? -1 : 1;
}

/** Whether `name` is an option of `shopt`. */
export function isShoptOption(name: string): name is OptionName {
  return name === "interactive_comments" || (!OF_SET.has(name) && Object.hasOwn(new OptionValues(), name));
}

/** The name that `set -o` shows. */
export function displayName(name: OptionName): string {
  return name === "interactive_comments" ? "interactive-comments" : name;
}

const BY_LETTER = new Map(SET_OPTIONS.flatMap((option) => option.letter ? [[option.letter, option.name]] : []));
const BY_NAME = new Map(SET_OPTIONS.map((option) => [displayName(option.name), option.name]));

/** @param value what the option is to be: some are only ever set */
export function setOptionByLetter(letter: string, value: boolean): OptionName | undefined {
  // A restricted shell stays one (bash manual 6.10).
  return letter === "r" && value ? "restricted_shell" : BY_LETTER.get(letter);
}

export function setOptionByName(name: string): OptionName | undefined {
  return BY_NAME.get(name);
}

/** The options as they are; read as properties, changed by {@link set} alone. */
export class Options extends OptionValues implements SubshellState {
  private readonly listeners: ((name: OptionName, value: boolean) => void)[] = [];
  /** Values at the start of each subshell, kept when the first option changes in it. */
  private readonly journals = new Stack<Partial<OptionValues> | null>();
  /** The letter of `$-` that stands for how the shell was started: `c` or `s`. */
  invocation = "";
  /** Whether it was started as an interactive shell. */
  interactive = false;
  /**
   * Whether it was started in POSIX mode, as `sh`: for scripts that are written for any shell. Where POSIX leaves something
   * open, it then does as the others do; `set -o posix` does as bash does.
   */
  sh = false;

  set(name: OptionName, value: boolean): void {
    if (this[name] === value) return;
    if (this.journals.length > 0) {
      if (this.journals.top === null) this.journals.replaceTop({});
      this.journals.top![name] ??= this[name];
    }
    this[name] = value;
    // The two ways of editing exclude each other.
    if (value && (name === "vi" || name === "emacs")) this.set(name === "vi" ? "emacs" : "vi", false);
    // What a debugger needs.
    if (name === "extdebug") {
      this.set("functrace", value);
      this.set("errtrace", value);
    }
    for (const listener of this.listeners) listener(name, value);
  }

  /** Keeps the options of `set` as they are. Returns what brings them back. */
  keep(): () => void {
    const kept = SET_OPTIONS.map(({ name }) => [name, this[name]] as const);
    return () => {
      for (const [name, value] of kept) this.set(name, value);
    };
  }

  /** Has `listener` told of each change. */
  watch(listener: (name: OptionName, value: boolean) => void): void {
    this.listeners.push(listener);
  }

  /** `$-` */
  flags(): string {
    let flags = "";
    for (const { name, letter } of SET_OPTIONS) if (letter !== undefined && this[name]) flags += letter;
    if (this.interactive) flags += "i";
    if (this.restricted_shell) flags += "r";
    return [...flags].sort((a, b) => rank(a) - rank(b)).join("") + this.invocation;
  }

  /** Back to how a shell is started without options. */
  reset(): void {
    Object.assign(this, new OptionValues());
    this.invocation = "";
    this.interactive = this.sh = false;
  }

  enterSubshell(): void {
    this.journals.push(null);
  }

  leaveSubshell(): void {
    const journal = this.journals.pop();
    if (!journal) return;
    for (const [name, value] of Object.entries(journal)) {
      this[name as OptionName] = value;
      for (const listener of this.listeners) listener(name as OptionName, value);
    }
  }

  becomeSubshell(): void {
    // The values stay as they are.
  }
}

/** bash's order of `$-`: small letters first. */
function rank(letter: string): number {
  return letter === letter.toLowerCase() ? letter.charCodeAt(0) : letter.charCodeAt(0) + 100;
}
