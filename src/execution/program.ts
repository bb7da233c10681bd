/** Programs (XCU 2.9.1.6): found, started, and told apart from scripts that the kernel does not know how to run. */

import { F_OK, R_OK, S_IFDIR, S_IFMT } from "../system/constants.ts";
import { EACCES, EISDIR, ENOENT, ENOEXEC, ENOTDIR, strerror } from "../system/errno.ts";
import type { EnvironmentBlock, SpawnPlan } from "../system/system.ts";
import { needsAnsiQuotes, quoteAnsi } from "../syntax/quote.ts";
import { isBinary, openForReading } from "./script_file.ts";
import type { JobHandle, Program, Shell } from "./shell.ts";
import { CANNOT_EXECUTE, NO_PROCESS, NOT_FOUND, SUCCESS } from "./status.ts";

/** The first bytes of a file that tell text from a program in a format that the kernel does not know. */
const SAMPLE = 128;
const NONE: readonly number[] = [];
/** What a utility of the C library needs of the environment. */
export const EMPTY_ENVIRONMENT: EnvironmentBlock = { bytes: new Uint8Array(0), count: 0 };

/**
 * Starts the program `args[0]` in `job`. Returns 0 once it runs; else the error has been reported, and the status is
 * noted in the job and returned.
 *
 * @param path where to look for it instead of PATH
 */
export function startProgram(
  shell: Shell,
  job: JobHandle,
  args: readonly string[],
  path: string | null = null,
): number {
  const status = start(shell, job, args, path);
  if (status !== SUCCESS) shell.jobs.addEnded(job, status);
  return status;
}

/** As {@link startProgram}, for a program that has been found, and could not be run at once. */
export function startPlanned(shell: Shell, job: JobHandle, plan: SpawnPlan): number {
  const status = spawn(shell, job, plan.arguments, plan);
  if (status !== SUCCESS) shell.jobs.addEnded(job, status);
  return status;
}

/** As {@link startProgram}, for a utility of the C library; `args` are its own. */
export function startUtility(shell: Shell, job: JobHandle, args: readonly string[]): number {
  const status = spawnUtility(shell, job, args);
  if (status !== SUCCESS) shell.jobs.addEnded(job, status);
  return status;
}

function spawnUtility(shell: Shell, job: JobHandle, args: readonly string[]): number {
  const path = args[0]!;
  const { table } = shell.streams;
  shell.streams.settle();
  const own = table.ownOffsets();
  const descriptors = table.plan();
  if (typeof descriptors === "number") {
    shell.report(`${path}: ${strerror(-descriptors)}`);
    return CANNOT_EXECUTE;
  }
  const utility = { splice: !shell.options.nosplice, own };
  const result = shell.jobs.spawn(job, { path, arguments: args, environment: EMPTY_ENVIRONMENT, descriptors, utility });
  if (result >= 0) return SUCCESS;
  shell.report(`fork: ${strerror(-result)}`);
  return NO_PROCESS;
}

function start(shell: Shell, job: JobHandle, args: readonly string[], searched: string | null): number {
  const name = args[0]!;
  if (shell.options.autocd && shell.state.interactive && args.length === 1 && isDirectoryAlone(shell, name)) {
    shell.streams.write(2, `cd -- ${name}\n`);
    const status = shell.builtins.get("cd")!.run(shell, ["--", name]);
    if (status === SUCCESS) shell.jobs.addEnded(job, SUCCESS);
    return status;
  }
  const program = prepare(shell, args, searched);
  return typeof program === "number" ? program : spawn(shell, job, args, program);
}

function spawn(shell: Shell, job: JobHandle, args: readonly string[], program: Program): number {
  const name = args[0]!;
  let path = program.path;
  let result = shell.jobs.spawn(job, program);
  if (result === -ENOENT && shell.hash.forget(name)) {
    // It was remembered, and is gone: another directory of PATH may have it.
    const found = shell.hash.find(name);
    if (typeof found === "number") {
      return shell.options.posix ? notFound(shell, args, found, null) : cannotExecute(shell, path, ENOENT);
    }
    path = found;
    result = shell.jobs.spawn(job, { ...program, path });
  }
  if (result >= 0) return SUCCESS;
  if (job.incomplete) {
    shell.report(`fork: ${strerror(-result)}`);
    return NO_PROCESS;
  }
  if (result !== -ENOEXEC) return cannotExecute(shell, path, -result);
  if (isBinaryFile(shell, path)) return binary(shell, path);
  shell.streams.table.share();
  const pid = shell.jobs.fork(job);
  if (pid < 0) {
    shell.report(`fork: ${strerror(-pid)}`);
    return NO_PROCESS;
  }
  if (pid === 0) shell.becomeScript(path, args);
  return SUCCESS;
}

/**
 * Makes this process the program `args[0]`. Returns only if that can't be done: the error has been reported, and its
 * status is returned.
 */
export function becomeProgram(shell: Shell, args: readonly string[]): number {
  const program = prepare(shell, args, null);
  return typeof program === "number" ? program : replaceBy(shell, program);
}

/** As {@link becomeProgram}, for a program that has been found. */
export function replaceBy(shell: Shell, program: Program): number {
  const { path } = program;
  shell.streams.settle();
  const result = shell.system.execve(planHere(shell, program, NONE));
  if (result !== -ENOEXEC) return cannotExecute(shell, path, -result);
  if (isBinaryFile(shell, path)) return binary(shell, path);
  return shell.becomeScript(path, program.arguments);
}

/** The plan for a program in the process group of this process. */
export function planHere(shell: Shell, program: Program, closing: readonly number[]): SpawnPlan {
  return {
    path: program.path,
    arguments: program.arguments,
    environment: program.environment,
    descriptors: program.descriptors,
    closing,
    ignoredSignals: shell.traps.ignored(),
    processGroup: -1,
    foreground: -1,
    directory: null,
    limits: shell.programLimits,
    newSession: false,
  };
}

/** Has SHLVL, which counts shells, count this one or not: while a program takes its place, it does not. */
export function adjustLevel(shell: Shell, by: 1 | -1): void {
  const level = shell.variables.get("SHLVL");
  if (!level.readOnly) level.write(String(Number(level.read() ?? 0) + by));
}

/** Whether `name` names a directory, and no program (bash manual 4.3.2, autocd). */
function isDirectoryAlone(shell: Shell, name: string): boolean {
  const status = shell.system.stat(name);
  if (typeof status === "number" || (status.mode & S_IFMT) !== S_IFDIR) return false;
  return name.includes("/") || typeof shell.hash.search(name, shell.variables.get("PATH").read() ?? "") === "number";
}

/**
 * Finds the file and makes the plan of its descriptors. If that can't be done, the error has been reported, and its status is returned.
 */
function prepare(shell: Shell, args: readonly string[], searched: string | null): Program | number {
  const path = locate(shell, args, searched);
  if (typeof path === "number") return path;
  const descriptors = planDescriptors(shell, args[0]!);
  if (typeof descriptors === "number") return descriptors;
  return { path, arguments: args, environment: shell.variables.environmentBlock(), descriptors };
}

/** Finds the file of the program `args[0]`, in `searched` instead of PATH. If there is none, that has been reported, and its status is returned. */
export function locate(shell: Shell, args: readonly string[], searched: string | null): string | number {
  const name = args[0]!;
  if (shell.options.restricted_shell && name.includes("/")) {
    shell.report(`${name}: restricted: cannot specify \`/' in command names`);
    return CANNOT_EXECUTE;
  }
  const found = searched === null || name.includes("/") ? shell.hash.find(name) : shell.hash.search(name, searched);
  return typeof found === "number" ? notFound(shell, args, found, searched) : found;
}

/** The descriptors of the program `name`, see {@link Program}. If they can't be had, that has been reported, and its status is returned. */
export function planDescriptors(shell: Shell, name: string): readonly number[] | number {
  // What was written for the command itself, such as its trace, comes before what it writes.
  shell.streams.settle();
  const descriptors = shell.streams.table.plan();
  if (typeof descriptors !== "number") return descriptors;
  shell.report(`${name}: ${strerror(-descriptors)}`);
  return CANNOT_EXECUTE;
}

/**
 * What is done for a command that has not been found: a function of the user's may deal with it (bash manual 3.7.2), in a subshell.
 *
 * @param searched where it was looked for instead of PATH
 */
function notFound(shell: Shell, args: readonly string[], status: number, searched: string | null): number {
  const name = args[0]!;
  const path = searched ?? shell.variables.get("PATH").read() ?? "";
  const handler = status === NOT_FOUND && path !== "" ? shell.functions.get("command_not_found_handle") : undefined;
  if (handler !== undefined) return shell.runSubshell(() => name, () => shell.callFunction(handler, args));
  if (status === CANNOT_EXECUTE) {
    shell.report(`${shell.hash.search(name, path, F_OK)}: ${strerror(EACCES)}`);
    return status;
  }
  const shown = needsAnsiQuotes(name) ? quoteAnsi(name) : name;
  shell.report(`${shown}: ${path === "" ? strerror(ENOENT) : "command not found"}`);
  return status;
}

function cannotExecute(shell: Shell, path: string, errno: number): number {
  const status = shell.system.stat(path);
  if (typeof status === "number") {
    shell.report(`${path}: ${strerror(-status)}`);
    return status === -ENOENT ? NOT_FOUND : CANNOT_EXECUTE;
  }
  if (errno === EACCES && (status.mode & S_IFMT) === S_IFDIR) {
    shell.report(`${path}: ${strerror(EISDIR)}`);
  } else if (errno === ENOENT || errno === ENOTDIR) {
    // The file is there: what is missing is the interpreter of its first line, or the dynamic loader.
    shell.report(`${path}: cannot execute: required file not found`);
    return NOT_FOUND;
  } else shell.report(`${path}: ${strerror(errno)}`);
  return CANNOT_EXECUTE;
}

function binary(shell: Shell, path: string): number {
  shell.report(`${path}: cannot execute binary file: ${strerror(ENOEXEC)}`);
  return CANNOT_EXECUTE;
}

/** Whether a file can't be a script. */
function isBinaryFile(shell: Shell, path: string): boolean {
  const { system } = shell;
  if (system.access(path, R_OK) < 0) return false;
  const descriptor = openForReading(shell, path);
  if (descriptor < 0) return false;
  const sample = new Uint8Array(SAMPLE);
  const count = system.read(descriptor, sample, 0, SAMPLE);
  system.close(descriptor);
  return isBinary(sample.subarray(0, Math.max(0, count)));
}
