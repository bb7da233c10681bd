/** The variables that a shell starts with (XCU 2.5.3; bash manual 5.2). */

import { unknownDirectory } from "../execution/process_attributes.ts";
import { EXPORTED, INTEGER, READ_ONLY } from "../expansion/attributes.ts";
import { S_IFDIR, S_IFMT } from "../system/constants.ts";
import type { System } from "../system/system.ts";
import { type DynamicContext, makeDynamicVariables } from "./dynamic.ts";
import type { VariableTable } from "./table.ts";

/** Where programs are looked for when nobody has set PATH. */
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** The bash whose language this shell speaks: scripts look for it to know what they may use. */
const BASH_VERSION = ["5", "2", "15", "1", "release"] as const;

export interface InitialContext extends DynamicContext {
  /** The version of this shell. */
  readonly version: string;
  /** Writes a message. */
  warn(message: string): void;
}

/**
 * Imports the environment and sets what every shell has. Returns the path of the working directory; the empty string if it
 * has none.
 */
export function setInitialVariables(table: VariableTable, context: InitialContext): string {
  const { system, state } = context;
  table.importEnvironment(system.start.environment);

  // An IFS from the environment would let others decide how scripts split their words (XCU 2.5.3).
  const ifs = table.get("IFS");
  ifs.setAttributes(EXPORTED, false);
  ifs.write(" \t\n");

  table.get("OPTERR").write("1");
  const index = table.get("OPTIND");
  index.write("1");
  index.setAttributes(INTEGER, true);
  setDefault(table, "PS4", () => "+ ");
  setDefault(table, "PATH", () => DEFAULT_PATH);
  setDefault(table, "TERM", () => "dumb");
  setDefault(table, "HOSTNAME", () => system.hostname());
  setDefault(table, "SHELL", () => system.passwordEntry(system.getuid())?.shell ?? "/bin/sh");

  const level = table.get("SHLVL");
  const before = Number(/^\s*-?\d+\s*$/.exec(level.read() ?? "")?.[0] ?? 0);
  level.write(String(Math.max(0, before + 1)));
  level.setAttributes(EXPORTED, true);

  const directory = setWorkingDirectory(table, context);
  setIdentity(table, context);

  state.lastArgument = table.get("_").read() ?? system.start.arguments[0] ?? "";
  makeDynamicVariables(table, context);
  return directory;
}

function setDefault(table: VariableTable, name: string, text: () => string): void {
  const variable = table.get(name);
  if (variable.read() === undefined) variable.write(text());
}

/** What tells scripts where they run, by whom, and in which shell. */
function setIdentity(table: VariableTable, { system, version }: InitialContext): void {
  const numbers = { PPID: system.getppid(), UID: system.getuid(), EUID: system.geteuid() };
  for (const [name, number] of Object.entries(numbers)) {
    const variable = table.get(name);
    variable.write(String(number));
    variable.setAttributes(EXPORTED, false);
    variable.setAttributes(INTEGER | READ_ONLY, true);
  }
  const { arch } = Deno.build;
  const machine = arch === "x86_64" ? `${arch}-pc-linux-gnu` : `${arch}-unknown-linux-gnu`;
  const [major, minor, patch, build, status] = BASH_VERSION;
  const texts = {
    HOSTTYPE: arch,
    OSTYPE: "linux-gnu",
    MACHTYPE: machine,
    BASH: Deno.execPath(),
    BASH_VERSION: `${major}.${minor}.${patch}(${build})-${status}`,
    HEXSH_VERSION: version,
  };
  for (const [name, text] of Object.entries(texts)) {
    const variable = table.get(name);
    variable.write(text);
    variable.setAttributes(EXPORTED, false);
  }
  const versions = table.get("BASH_VERSINFO");
  versions.setAttributes(EXPORTED, false);
  versions.beginArray(false);
  for (const part of [...BASH_VERSION, machine]) versions.appendElement(part);
  versions.setAttributes(READ_ONLY, true);
}

/**
 * PWD from the environment is kept if it names the working directory, without dots (XCU 2.5.3, cd), and OLDPWD if it
 * names a directory. Returns the path of the working directory; the empty string if it has none any more.
 */
function setWorkingDirectory(table: VariableTable, { system, warn }: InitialContext): string {
  const oldpwd = table.get("OLDPWD");
  const old = oldpwd.read();
  if (old !== undefined && !isDirectory(old, system)) oldpwd.unset();
  oldpwd.setAttributes(EXPORTED, true);

  const pwd = table.get("PWD");
  const inherited = pwd.read();
  if (inherited !== undefined && isCurrent(inherited, system)) return inherited;
  const real = system.getcwd();
  if (typeof real === "number") {
    // PWD stays as it was: it tells where this was once.
    warn(unknownDirectory("shell-init", real));
    return "";
  }
  pwd.write(real);
  pwd.setAttributes(EXPORTED, true);
  return real;
}

function isDirectory(path: string, system: System): boolean {
  const status = system.stat(path);
  return typeof status !== "number" && (status.mode & S_IFMT) === S_IFDIR;
}

function isCurrent(path: string, system: System): boolean {
  if (!path.startsWith("/") || path.split("/").some((part) => part === "." || part === "..")) return false;
  const named = system.stat(path);
  const actual = system.stat(".");
  if (typeof named === "number" || typeof actual === "number") return false;
  return named.device === actual.device && named.inode === actual.inode;
}
