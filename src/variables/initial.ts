/** The variables that a shell starts with (XCU 2.5.3; bash manual 5.2), and those that it keeps itself. */

import { unknownDirectory } from "../execution/process_attributes.ts";
import { type ExecutionState, ExpansionAbandoned } from "../execution/state.ts";
import { S_IFDIR, S_IFMT } from "../system/constants.ts";
import type { System } from "../system/system.ts";
import type { VariableTable } from "./table.ts";
import { EXPORTED, READ_ONLY, type Special } from "./variable.ts";

/** Where programs are looked for when nobody has set PATH. */
const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export interface InitialContext {
  readonly system: System;
  readonly state: ExecutionState;
  /** Makes a subshell a process, so that it has a process id. */
  becomeProcess(): boolean;
  /** Writes a message. */
  warn(message: string): void;
}

/**
 * Imports the environment and sets what every shell has. Returns the path of the working directory; the empty string if it
 * has none.
 */
export function setInitialVariables(table: VariableTable, context: InitialContext): string {
  const { system, state, becomeProcess } = context;
  table.importEnvironment(system.start.environment);

  // An IFS from the environment would let others decide how scripts split their words (XCU 2.5.3).
  const ifs = table.get("IFS");
  ifs.setAttributes(EXPORTED, false);
  ifs.write(" \t\n");

  table.get("OPTIND").write("1");
  table.get("PS4").write(table.get("PS4").read() ?? "+ ");
  const path = table.get("PATH");
  if (path.read() === undefined) path.write(DEFAULT_PATH);

  const level = table.get("SHLVL");
  const before = Number(/^\s*-?\d+\s*$/.exec(level.read() ?? "")?.[0] ?? 0);
  level.write(String(Math.max(0, before + 1)));
  level.setAttributes(EXPORTED, true);

  const directory = setWorkingDirectory(table, context);

  table.get("PPID").write(String(system.getppid()));
  table.get("UID").write(String(system.getuid()));
  table.get("EUID").write(String(system.geteuid()));
  for (const name of ["PPID", "UID", "EUID"]) {
    const variable = table.get(name);
    variable.setAttributes(EXPORTED, false);
    variable.setAttributes(READ_ONLY, true);
  }

  makeSpecial(table, "LINENO", { read: () => String(state.line) });
  makeSpecial(table, "_", { read: () => state.lastArgument });
  makeSpecial(table, "BASH_COMMAND", { read: () => (state.trappedCommand ?? state.command)?.() ?? "" });
  makeSpecial(table, "EPOCHSECONDS", { read: () => String(Math.floor(system.now())) });
  makeSpecial(table, "BASHPID", {
    read: () => {
      if (!becomeProcess()) throw new ExpansionAbandoned();
      return String(system.getpid());
    },
  });
  makeSeconds(table, system);
  makeRandom(table, system);
  return directory;
}

/** Gives a variable a value that is made anew whenever it is read, and takes away what the environment gave it. */
function makeSpecial(table: VariableTable, name: string, special: Special): void {
  const variable = table.get(name);
  variable.plain = undefined;
  variable.setAttributes(EXPORTED, false);
  variable.special = { ...special, fragile: true };
}

/** SECONDS: how long the shell has run, or how long ago it was assigned, plus what was assigned. */
function makeSeconds(table: VariableTable, system: System): void {
  let zero = system.monotonic();
  makeSpecial(table, "SECONDS", {
    read: () => String(Math.floor(system.monotonic() - zero)),
    changed: (text) => zero = system.monotonic() - (Number(text) || 0),
  });
}

/** RANDOM: 15 bits each time; an assignment seeds it (bash manual 5.2). */
function makeRandom(table: VariableTable, system: System): void {
  let seed = (Math.floor(system.now() * 1e6) ^ (system.getpid() << 10)) >>> 0;
  makeSpecial(table, "RANDOM", {
    read: () => {
      // xorshift32: every seed but 0 has a period of 2^32 - 1.
      seed = (seed || 123459876) >>> 0;
      seed = (seed ^ (seed << 13)) >>> 0;
      seed = (seed ^ (seed >>> 17)) >>> 0;
      seed = (seed ^ (seed << 5)) >>> 0;
      return String(seed >>> 17);
    },
    changed: (text) => seed = Number(text) >>> 0,
  });
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
